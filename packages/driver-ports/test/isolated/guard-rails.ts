// squall itself, what started it, process 1 and the numbers of threads are never hit.
import assert from 'node:assert/strict'
import { once } from 'node:events'
import { readdirSync } from 'node:fs'
import { createServer } from 'node:net'
import ports from '../../src/index.ts'
import { call } from '../call.ts'
import { pidsIn, realContext, start } from './stage.ts'

const context = realContext()
const server = createServer().listen(8080, '127.0.0.1')
await once(server, 'listening')
const threadsOf = (pid: number): number[] => readdirSync(`/proc/${pid}/task`).map(Number)
const ownThread = threadsOf(process.pid).find((id) => id !== process.pid)

const victim = await start('listener.mjs', 8081)
const itsThread = threadsOf(victim.pid).find((id) => id !== victim.pid)

for (const { args, reason } of [
  { args: { pid: 0 }, reason: /it belongs to the system itself/ },
  { args: { pid: 1 }, reason: /it belongs to the system itself/ },
  { args: { pid: process.pid }, reason: /it is squall itself/ },
  { args: { pid: ownThread }, reason: /there is no process/ },
  { args: { pid: itsThread }, reason: /there is no process/ },
  { args: { pid: process.ppid }, reason: /squall was started by it|it belongs to the system itself/ },
  { args: { port: 8080 }, reason: /on port 8080: it is squall itself/ },
  { args: { name: '*guard-rails*', all: true }, reason: /it is squall itself/ },
]) {
  const everything = { ...args, other_users: true, signal: 'SIGKILL' }
  await assert.rejects(call(ports, 'kill', everything, context), { message: reason })
  await assert.rejects(call(ports, 'pause', { ...args, other_users: true }, context), { message: reason })
}
assert.ok(victim.isAlive())
assert.deepEqual(context.undos, [])

const byName = { name: '*fixtures/listener.mjs 8081', all: true }
const { killed } = await call(ports, 'kill', byName, context)
assert.deepEqual(pidsIn(killed), [victim.pid])
server.close()
