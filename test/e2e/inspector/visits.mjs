// Plays visits to a server that are not alone, through the real command, inside a namespace of its own (test/netns.sh), and
// prints one line of JSON: how the runs ended, and what the server has open in the end.
import { execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { promisify } from 'node:util'

const [squall, driver, program, scene] = process.argv.slice(2)
const scenes = {
  two: { options: [], runs: 2 },
  debugged: { options: ['--inspect=0'], runs: 1 },
  public: { options: ['--inspect-port=0.0.0.0:9333'], runs: 1 },
  gone: { options: [], runs: 1 },
}
const folder = mkdtempSync(path.join(os.tmpdir(), 'squall-visits-'))
const words = [...scenes[scene].options, program]
const server = spawn(process.execPath, words, { stdio: ['ignore', 'pipe', 'ignore'] })
const [line] = await once(server.stdout, 'data')
const url = `http://127.0.0.1:${Number(line)}`
const action = (name, func, more) => ({
  type: 'action',
  name,
  provider: { type: 'inspector', func, arguments: { pid: server.pid, ...more } },
})
const method =
  scene === 'gone'
    ? [action('blocked', 'block_event_loop', { seconds: 60 })]
    : [
        action('unreadable', 'fail_calls', { api: 'fs', functions: ['promises.readFile'] }),
        action('slow', 'slow_calls', { api: 'dns', delay_ms: 10 }),
        action('heap', 'fill_heap', { mebibytes: 1 }),
      ]
const file = path.join(folder, 'experiment.json')
writeFileSync(file, JSON.stringify({ title: 'Visits', description: 'For a test.', method }))

const sockets = async () =>
  (await promisify(execFile)('ss', ['-Hltnp'])).stdout
    .split('\n')
    .filter((row) => row.includes(`pid=${server.pid},`)).length

async function run(number) {
  const env = { ...process.env, HOME: folder, XDG_STATE_HOME: path.join(folder, 'state') }
  const journal = path.join(folder, `journal-${number}.json`)
  const args = [squall, 'run', file, '--driver', driver, '--journal-path', journal]
  const child = spawn(process.execPath, args, { cwd: folder, env, stdio: ['ignore', 'ignore', 'pipe'] })
  let said = ''
  child.stderr.on('data', (chunk) => {
    said += chunk
  })
  if (scene === 'gone') {
    while (!(await isBlocked())) await delay(50)
    server.kill('SIGKILL')
  }
  const [exitCode] = await once(child, 'exit')
  const { run: activities, undo } = JSON.parse(readFileSync(journal, 'utf8'))
  return { exitCode, said, statuses: activities.map(({ status }) => status), undo }
}

const isBlocked = () =>
  fetch(`${url}/`, { signal: AbortSignal.timeout(500) }).then(
    () => false,
    () => true,
  )

const before = await sockets()
const runs = await Promise.all(Array.from({ length: scenes[scene].runs }, (_, number) => run(number)))
const deadline = performance.now() + 5000
while ((await sockets()) > before && performance.now() < deadline) await delay(20)
const read = server.signalCode ?? (await (await fetch(`${url}/file`)).text())
process.stdout.write(`${JSON.stringify({ runs, before, after: await sockets(), read })}\n`)
server.kill('SIGKILL')
rmSync(folder, { recursive: true, force: true })
process.exit()
