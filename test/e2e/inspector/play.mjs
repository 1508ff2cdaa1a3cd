// Plays chaos on an ordinary server through the real command, inside a namespace of its own (test/netns.sh), and prints one
// line of JSON: what somebody saw who asked the server before, during and after.
import { execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { promisify } from 'node:util'

const [squall, driver, program, scene] = process.argv.slice(2)
const folder = mkdtempSync(path.join(os.tmpdir(), 'squall-inspector-'))
const server = spawn(process.execPath, [program], { stdio: ['ignore', 'pipe', 'ignore'] })
const [line] = await once(server.stdout, 'data')
const url = `http://127.0.0.1:${Number(line)}`
const env = { ...process.env, HOME: folder, XDG_STATE_HOME: path.join(folder, 'state') }

async function ask(page) {
  const began = performance.now()
  const answer = await fetch(`${url}${page}`)
  return { status: answer.status, body: await answer.text(), ms: performance.now() - began }
}

const action = (func, more) => ({
  type: 'action',
  name: func,
  provider: { type: 'inspector', func, arguments: { pid: server.pid, ...more } },
})
const pause = (seconds) => ({
  type: 'action',
  name: 'wait',
  provider: { type: 'process', path: 'sleep', arguments: [String(seconds)] },
})
const method = [
  action('slow_calls', { api: 'fs', functions: ['promises.readFile'], delay_ms: 300 }),
  action('fail_calls', { api: 'fetch', code: 'ECONNREFUSED' }),
  action('fail_calls', { api: 'dns', code: 'ENOTFOUND' }),
  action('fail_calls', { api: 'net', code: 'ECONNRESET' }),
  action('skew_time', { ahead_ms: 3_600_000, slower: 3 }),
  action('throw_in', { module: 'pages.cjs', func: 'render' }),
  ...(scene === 'block' ? [action('block_event_loop', { seconds: 2 })] : [pause(scene === 'kill' ? 60 : 2)]),
]
writeFileSync(
  path.join(folder, 'experiment.json'),
  JSON.stringify({ title: 'Inside a server', description: 'For a test.', method }),
)

const words = [squall, 'run', 'experiment.json', '--driver', driver]
const pages = ['/file', '/fetch', '/page', '/name', '/socket', '/timer', '/date']
const all = async () => {
  const seen = await Promise.all(pages.map(async (page) => [page, await ask(page)]))
  return { ...Object.fromEntries(seen), ahead: Number(seen.at(-1)[1].body) - Date.now() }
}
const isOpen = async () =>
  (await promisify(execFile)('ss', ['-Hltnp'])).stdout
    .split('\n')
    .filter((row) => row.includes(`pid=${server.pid},`)).length > 1

async function until(isSo) {
  const deadline = performance.now() + 20_000
  while (!(await isSo())) {
    if (performance.now() > deadline) throw new Error(`Not within 20 s: ${isSo}`)
    await delay(20)
  }
}

const before = await all()
const run = spawn(process.execPath, words, { cwd: folder, env, stdio: ['ignore', 'ignore', 'pipe'] })
let said = ''
run.stderr.on('data', (chunk) => {
  said += chunk
})
const ended = once(run, 'exit')
await until(() => said.includes('action throw_in'))
let blocked
if (scene === 'block') {
  const asked = Array.from({ length: 8 }, async (_, index) => {
    await delay(index * 150)
    return (await ask('/')).ms
  })
  blocked = Math.max(...(await Promise.all(asked)))
}
const during = scene === 'block' ? undefined : await all()
if (scene === 'kill') run.kill('SIGKILL')
const [exitCode] = await ended
// Undone one after the other, the first one last.
const isWhole = ({ ahead, ...seen }) =>
  Math.abs(ahead) < 60_000 && Object.values(seen).every(({ status, ms }) => status === 200 && ms < 250)
let after
// On a busy machine one look may be slow for reasons of its own.
await until(async () => {
  after = await all()
  return isWhole(after)
})
await until(async () => !(await isOpen()))
process.stdout.write(
  `${JSON.stringify({ before, during, after, blocked, exitCode, alive: server.exitCode === null })}\n`,
)
server.kill()
rmSync(folder, { recursive: true, force: true })
process.exit()
