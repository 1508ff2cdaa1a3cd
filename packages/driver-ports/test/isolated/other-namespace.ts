// A listener in another network namespace is found when asked for, and told apart from one on the same port here.
import assert from 'node:assert/strict'
import path from 'node:path'
import ports from '../../src/index.ts'
import { call } from '../call.ts'
import { hasProgram, launch, notRun, pidsIn, realContext, start } from './stage.ts'

if (!hasProgram('unshare', '--net', 'true')) notRun('a second network namespace needs root and unshare')

const context = realContext()
const file = path.join(process.env['SQUALL_FIXTURES'] ?? '', 'listener.mjs')
const elsewhere = (port: number) =>
  launch('unshare', [
    '--net',
    'sh',
    '-c',
    `ip link set lo up && exec "$0" "$@"`,
    process.execPath,
    file,
    String(port),
  ])
const here = await start('listener.mjs', 8080)
const there = await elsewhere(8080)
const alone = await elsewhere(8081)

const who = { port: 8080, other_namespaces: true }
assert.deepEqual(pidsIn(await call(ports, 'who_listens', who, context)), [here.pid, there.pid])
assert.deepEqual(pidsIn((await call(ports, 'kill', { port: 8080 }, context))['killed']), [here.pid])
assert.ok(there.isAlive())

await assert.rejects(call(ports, 'kill', { port: 8081 }, context), {
  message: `Nothing was killed: nobody listens on port 8081 in this network namespace; in another one pid ${alone.pid} does (other_namespaces: true).`,
})
const both = { port: [8080, 8081], other_namespaces: true }
assert.deepEqual(pidsIn((await call(ports, 'kill', both, context))['killed']), [there.pid, alone.pid])
