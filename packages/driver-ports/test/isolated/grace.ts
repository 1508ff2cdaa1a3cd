// A process that obeys SIGTERM ends by it; one that does not is killed after the grace period.
import assert from 'node:assert/strict'
import ports from '../../src/index.ts'
import { call } from '../call.ts'
import { realContext, start } from './stage.ts'

const context = realContext()
const obedient = await start('listener.mjs', 8080)
const stubborn = await start('listener.mjs', 8081, '127.0.0.1', 'SIGTERM')
const began = performance.now()
const { killed } = await call(ports, 'kill', { port: [8080, 8081], grace: 0.5 }, context)
const tookMs = performance.now() - began
assert.deepEqual(
  (killed as { pid: number; signal: string }[]).map(({ pid, signal }) => [pid, signal]),
  [
    [obedient.pid, 'SIGTERM'],
    [stubborn.pid, 'SIGKILL'],
  ],
)
assert.ok(tookMs >= 500, `${tookMs} ms`)
