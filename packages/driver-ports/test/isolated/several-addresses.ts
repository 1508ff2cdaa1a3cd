// Several processes listen on one port at different addresses: each is named, and all are killed.
import assert from 'node:assert/strict'
import ports from '../../src/index.ts'
import { call, targets } from '../call.ts'
import { pidsIn, realContext, start } from './stage.ts'

const context = realContext()
const listeners = [
  await start('listener.mjs', 8080, '127.0.0.1'),
  await start('listener.mjs', 8080, '127.0.0.2'),
  await start('listener.mjs', 8080, '::1'),
]
const pids = listeners.map(({ pid }) => pid).sort((a, b) => a - b)
assert.deepEqual(pidsIn(await call(ports, 'who_listens', { port: 8080 }, context)), pids)

const named = await targets(ports, 'kill_services_by_ports', { ports: [8080] }, context)
assert.ok(Array.isArray(named))
for (const pid of pids) assert.ok(named.some((name: string) => name.startsWith(`pid ${pid} (`)))
assert.ok(listeners.every((actor) => actor.isAlive()))

const { killed } = await call(ports, 'kill_services_by_ports', { ports: [8080] }, context)
assert.deepEqual(pidsIn(killed), pids)
assert.equal(await call(ports, 'is_listening', { port: 8080 }, context), false)
