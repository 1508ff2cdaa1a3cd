// Times the driver `ports` beside `ss` and `fuser` in a crowd of processes and sockets, and prints the medians as one
// line of JSON. Runs inside test/netns.sh: it fills the namespace, and kills.
import { execFile } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import { promisify } from 'node:util'
import ports from '../../../packages/driver-ports/dist/index.js'
import { alternate, mediansOf, rounds } from '../rounds.mjs'
import { makeCrowd, startListener } from './crowd.mjs'
import { context } from './driver-context.mjs'

const run = promisify(execFile)
const listeners = []
for (let at = 0; at <= 2 * rounds; at += 1) {
  const port = 30_000 + at
  listeners.push({ port, ...(await startListener(port)) })
}
await makeCrowd()
const crowd = { processes: countProcesses(), sockets: countSockets() }
const sought = listeners.pop()

const find = await alternate({
  squall: () => timed(async () => expectPid((await activity('who_listens', { port: sought.port }))[0].pid)),
  ss: () => timed(async () => expectPid((await run('ss', ['-Hltnp', `sport = :${sought.port}`])).stdout)),
  fuser: () => timed(async () => expectPid((await run('fuser', [`${sought.port}/tcp`])).stdout)),
})
// Both are over when the victim is gone: the driver waits for that by itself.
const kill = await alternate({
  squall: () => timed(() => activity('kill_services_by_ports', { ports: [listeners.pop().port] })),
  fuser: async () => {
    const victim = listeners.pop()
    return timed(() => Promise.all([run('fuser', ['-k', `${victim.port}/tcp`]), victim.ended]))
  },
})
process.stdout.write(`${JSON.stringify({ find: mediansOf(find), kill: mediansOf(kill), crowd })}\n`)
process.exit()

async function timed(work) {
  const began = performance.now()
  await work()
  return performance.now() - began
}

/** Calls an activity of the driver as a run does, its arguments checked and its defaults filled in. */
async function activity(name, given) {
  const { args, run: call } = ports.activities[name]
  const { value, issues } = await args['~standard'].validate(given)
  if (issues) throw new Error(`${name}: ${JSON.stringify(issues)}`)
  return call(value, context)
}

function expectPid(found) {
  if (!new RegExp(`\\b${sought.pid}\\b`).test(found)) throw new Error(`${sought.pid} is not in: ${found}`)
}

function countProcesses() {
  return readdirSync('/proc').filter((name) => /^\d+$/.test(name)).length
}

function countSockets() {
  const rows = readFileSync('/proc/net/tcp', 'utf8').trim().split('\n')
  return rows.length - 1
}
