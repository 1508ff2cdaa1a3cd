// With nothing on the PATH, no `ps`, `ss` or `lsof`, everything works the same.
import assert from 'node:assert/strict'
import ports from '../../src/index.ts'
import { call } from '../call.ts'
import { pidsIn, realContext, start } from './stage.ts'

const context = realContext()
const servers = [
  await start('listener.mjs', 8080),
  await start('listener.mjs', 8081),
  await start('listener.mjs', 8082),
]
const pids = servers.map(({ pid }) => pid)
process.env['PATH'] = '/nonexistent'

assert.equal(await call(ports, 'count_processes', { name: '*listener.mjs 808?' }, context), 3)
assert.deepEqual(pidsIn((await call(ports, 'kill', { port: 8080 }, context))['killed']), [pids[0]])
assert.deepEqual(pidsIn((await call(ports, 'kill', { pid: pids[1] }, context))['killed']), [pids[1]])
const byName = { name: '*listener.mjs 808?', all: true }
assert.deepEqual(pidsIn((await call(ports, 'kill', byName, context))['killed']), [pids[2]])
