// Chaos on the lab behind the real command, inside a namespace of its own (test/netns.sh): the server is killed again and
// again while faults are under way. Prints one line of JSON: what the lab looked like before and after, and what is left.
import { execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { promisify } from 'node:util'

const [squall, kills] = [process.argv[2], Number(process.argv[3])]
const folder = mkdtempSync(path.join(os.tmpdir(), 'squall-killed-lab-'))
const env = { ...process.env, HOME: folder, XDG_STATE_HOME: path.join(folder, 'state') }
const url = 'http://127.0.0.1:19080'

const command = async (...words) =>
  (await promisify(execFile)(process.execPath, [squall, ...words], { cwd: folder, env })).stdout

async function until(isSo, what) {
  const deadline = performance.now() + 60_000
  for (;;) {
    const answer = await Promise.resolve(isSo()).catch(() => undefined)
    if (answer) return answer
    if (performance.now() > deadline) throw new Error(`Not within 60 s: ${what}; ${await stateOfThings()}`)
    await delay(50)
  }
}

async function stateOfThings() {
  return `${await command('lab', 'status')}\n${await command('recover', '--list')}`
}

async function serve() {
  const words = [
    'chaos',
    'serve',
    '--target',
    'lab',
    '--store',
    'store',
    '--backoff',
    'engine',
    '--seed',
    '11',
  ]
  const server = spawn(process.execPath, [squall, ...words], { cwd: folder, env, stdio: 'ignore' })
  await until(async () => (await fetch(`${url}/`)).ok, 'the server answers')
  return server
}

async function end(server, signal) {
  const ended = once(server, 'exit')
  server.kill(signal)
  await ended
}

const programs = async () => {
  const [lab] = JSON.parse(await command('lab', 'status', '--json'))
  const running = lab.processes.filter(({ state }) => state === 'healthy').map(({ program }) => program)
  return running.sort().join(' ')
}

await command('lab', 'up', '--hosts', '3', '--instances', '3')
const before = await programs()
let server = await serve()
const parameters = {
  MaxConcurrentFaults: 2,
  WaitTimeBetweenFaultsInSeconds: 0,
  WaitTimeBetweenIterationsInSeconds: 0,
  MaxClusterStabilizationTimeoutInSeconds: 30,
}
await fetch(`${url}/Tools/Chaos/$/Start?api-version=6.0`, {
  method: 'POST',
  body: JSON.stringify(parameters),
})
for (let kill = 0; kill < kills; kill += 1) {
  await delay(Math.random() * 2500)
  await end(server, 'SIGKILL')
  server = await serve()
}
const { History } = await (await fetch(`${url}/Tools/Chaos/Events?api-version=6.2`)).json()
const faults = History.flatMap(({ ChaosEvent }) => ChaosEvent.Faults ?? []).length
await end(server, 'SIGKILL')
// Nobody but the watchdogs is there any more.
const after = await until(async () => {
  const seen = await programs()
  return seen === before && seen
}, `the lab is whole again: ${before}`)
const left = await until(async () => {
  const found = await command('recover', '--list', '--json')
  return JSON.parse(found).length === 0 && found.trim()
}, 'nothing is left to recover')
await command('lab', 'down')
process.stdout.write(`${JSON.stringify({ before, after, faults, left })}\n`)
rmSync(folder, { recursive: true, force: true })
process.exit()
