// squall is root and the listener is another user's: it is hit only when that is asked for.
import assert from 'node:assert/strict'
import ports from '../../src/index.ts'
import { call } from '../call.ts'
import { notRun, pidsIn, realContext, startAsNobody } from './stage.ts'

if (process.getuid?.() !== 0) notRun('a process of another user can be started by root only')

const context = realContext()
const listener = await startAsNobody('listener.mjs', 8080)
await assert.rejects(call(ports, 'kill_services_by_ports', { ports: [8080] }, context), {
  message: /pid \d+ \(.*(?:listener\.mjs 8080|…)\) on port 8080: it is owned by another user \(nobody\)\.$/,
})
assert.ok(listener.isAlive())

const asked = { ports: [8080], other_users: true }
assert.deepEqual(pidsIn((await call(ports, 'kill_services_by_ports', asked, context))['killed']), [
  listener.pid,
])
