// Port 5000 is neither 50001 nor 500, and a client of 5000 is no listener.
import assert from 'node:assert/strict'
import ports from '../../src/index.ts'
import { call } from '../call.ts'
import { pidsIn, realContext, start, until } from './stage.ts'

const others = [
  await start('listener.mjs', 50_001),
  await start('listener.mjs', 50_000),
  await start('listener.mjs', 500),
  await start('listener.mjs', 15_000),
]
const wanted = await start('listener.mjs', 5000)
others.push(await start('client.mjs', 5000), await start('client.mjs', 50_001))

const { killed } = await call(ports, 'kill_services_by_ports', { ports: [5000] }, realContext())
assert.deepEqual(pidsIn(killed), [wanted.pid])
await until('the listener is reaped', () => !wanted.isAlive())
assert.deepEqual(
  others.map((actor) => actor.isAlive()),
  others.map(() => true),
)
