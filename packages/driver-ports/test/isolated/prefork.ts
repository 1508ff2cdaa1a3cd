// A parent and its child hold the same listening socket: both are named and killed, or the one that is chosen.
import assert from 'node:assert/strict'
import ports from '../../src/index.ts'
import { call } from '../call.ts'
import { pidsIn, realContext, start, stateOf, until } from './stage.ts'

const context = realContext()
const first = await start('prefork.mjs', 8080)
const pids = [first.pid, Number(first.says)].sort((a, b) => a - b)
assert.deepEqual(pidsIn(await call(ports, 'who_listens', { port: 8080 }, context)), pids)

const { killed } = await call(ports, 'kill_services_by_ports', { ports: [8080] }, context)
assert.deepEqual(pidsIn(killed), pids)
await until('parent and child are gone', () => pids.every((pid) => stateOf(pid) === null))
assert.equal(await call(ports, 'is_listening', { port: 8080 }, context), false)

const second = await start('prefork.mjs', 8081)
const chosen = await call(ports, 'kill', { port: 8081, count: 1, signal: 'SIGKILL', seed: 1 }, context)
const [hit = 0] = pidsIn(chosen['killed'])
const left = hit === second.pid ? Number(second.says) : second.pid
assert.deepEqual(pidsIn(await call(ports, 'who_listens', { port: 8081 }, context)), [left])
