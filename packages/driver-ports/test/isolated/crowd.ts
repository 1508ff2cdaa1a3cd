// Among 300 processes and 2,000 sockets a kill by port hits the listener and only it, on IPv4 and on IPv6.
import assert from 'node:assert/strict'
import ports from '../../src/index.ts'
import { call } from '../call.ts'
import { pidsIn, realContext, start, startMany, until } from './stage.ts'

const context = realContext()
const bystanders = [...startMany(300, 'sleep', ['3600']), await start('crowd.mjs')]
const ipv4 = await start('listener.mjs', 8080, '127.0.0.1')
const ipv6 = await start('listener.mjs', 8081, '::1')
bystanders.push(await start('client.mjs', 8080, '127.0.0.1'), await start('client.mjs', 8081, '::1'))

const first = await call(ports, 'kill_services_by_ports', { ports: [8080] }, context)
await until('the IPv4 listener is reaped', () => !ipv4.isAlive())
const [victim] = first['killed'] as { command: string; addresses: string[] }[]
assert.deepEqual(first['killed'], [
  { pid: ipv4.pid, command: victim?.command, port: 8080, addresses: ['127.0.0.1:8080'], signal: 'SIGKILL' },
])
// A long command is cut, as it is where Node lies deep.
assert.match(String(victim?.command), /listener\.mjs 8080 127\.0\.0\.1$|…$/)
assert.ok(ipv6.isAlive())

const second = await call(ports, 'kill_services_by_ports', { ports: ['8081'] }, context)
await until('the IPv6 listener is reaped', () => !ipv6.isAlive())
assert.deepEqual(pidsIn(second['killed']), [ipv6.pid])

await assert.rejects(call(ports, 'kill_services_by_ports', { ports: [8080] }, context), {
  message: 'Nothing was killed: nobody listens on port 8080.',
})
assert.equal(bystanders.filter((actor) => actor.isAlive()).length, 303)
