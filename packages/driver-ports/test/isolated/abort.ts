// An aborted kill returns at once, and does not go on to SIGKILL.
import assert from 'node:assert/strict'
import ports from '../../src/index.ts'
import { TestContext } from '../activity-context.ts'
import { call } from '../call.ts'
import { realContext, start, until } from './stage.ts'

const stubborn = await start('listener.mjs', 8080, '127.0.0.1', 'SIGTERM')
const abort = new AbortController()
const context = new TestContext({ clock: realContext().clock, signal: abort.signal })
let abortedAt = 0
setTimeout(() => {
  abortedAt = performance.now()
  abort.abort(new Error('enough'))
}, 300)
await assert.rejects(call(ports, 'kill', { port: 8080, grace: 20 }, context), { message: 'enough' })
const tookMs = performance.now() - abortedAt
// The contract asks for 100 ms; a busy machine may take longer to give this process its turn.
assert.ok(tookMs < 1000, `${tookMs} ms`)
assert.ok(stubborn.isAlive())

await call(ports, 'kill', { port: 8080, signal: 'SIGKILL' }, realContext())
await until('it is reaped', () => !stubborn.isAlive())
