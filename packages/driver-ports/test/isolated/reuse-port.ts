// Two processes share a port by SO_REUSEPORT, each with a socket of its own: both are killed, or one of them.
import assert from 'node:assert/strict'
import path from 'node:path'
import ports from '../../src/index.ts'
import { call } from '../call.ts'
import { hasProgram, launch, notRun, pidsIn, realContext } from './stage.ts'

if (!hasProgram('python3', '-c', '')) notRun('SO_REUSEPORT needs python3 here: Node 20 has no option for it')

const context = realContext()
const script = path.join(process.env['SQUALL_FIXTURES'] ?? '', 'reuse-port.py')
const startTwo = async (port: string) => [
  (await launch('python3', [script, port])).pid,
  (await launch('python3', [script, port])).pid,
]
const pids = (await startTwo('8080')).sort((a, b) => a - b)
assert.deepEqual(pidsIn((await call(ports, 'kill', { port: 8080 }, context))['killed']), pids)

const [first = 0, second = 0] = await startTwo('8081')
const { killed, seed, chosen_from } = await call(ports, 'kill', { port: 8081, count: 1, seed: 5 }, context)
const [hit = 0] = pidsIn(killed)
assert.deepEqual([seed, chosen_from], ['5', 2])
const left = hit === first ? second : first
assert.deepEqual(pidsIn(await call(ports, 'who_listens', { port: 8081 }, context)), [left])
