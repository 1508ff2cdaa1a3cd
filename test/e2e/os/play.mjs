// Plays every fault of driver-os through the real command, inside a namespace of its own (test/netns.sh), and prints one line
// of JSON: what somebody saw who looked at the machine before, during and after, without the driver.
import { execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statfsSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'

const [squall, driver, scene] = process.argv.slice(2)
const folder = mkdtempSync(path.join(os.tmpdir(), 'squall-os-'))
const env = { ...process.env, HOME: folder, XDG_STATE_HOME: path.join(folder, 'state') }
const disk = path.join(folder, 'disk')
mkdirSync(disk)
// The mount is in this namespace only, and goes with it.
execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=40m', 'tmpfs', disk])
const data = path.join(folder, 'data')
writeFileSync(data, 'a file that somebody needs\n')
const [frozen, starved] = [0, 1].map(() => spawn('sleep', ['600'], { stdio: 'ignore' }))
await Promise.all([once(frozen, 'spawn'), once(starved, 'spawn')])

const action = (func, args) => ({
  type: 'action',
  name: func,
  provider: { type: 'os', func, arguments: args },
})
const method = [
  action('stress_cpu', { percent: 10, cores: 1, seconds: 300 }),
  action('stress_memory', { mebibytes: 100, seconds: 300 }),
  action('fill_disk', { path: 'disk', leave_free: 5, reserve: 1 }),
  action('corrupt_file', { path: 'data', bytes: 3 }),
  action('freeze', { pid: frozen.pid }),
  action('limit_open_files', { pid: starved.pid }),
  action('start_with_skewed_clock', { command: ['sleep', '300'], ahead: 3600 }),
  {
    type: 'action',
    name: 'wait',
    provider: { type: 'process', path: 'sleep', arguments: [scene === 'kill' ? '120' : '4'] },
  },
]
const experiment = { title: 'All at once', description: 'For a test.', method }
writeFileSync(path.join(folder, 'experiment.json'), JSON.stringify(experiment))

const proc = (pid, file) => {
  try {
    return readFileSync(`/proc/${pid}/${file}`, 'utf8')
  } catch {
    // It has ended.
    return ''
  }
}
const stateOf = (pid) => /\) (\w) /.exec(proc(pid, 'stat'))?.[1] ?? 'X'
const children = () =>
  readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name) && !'ZX'.includes(stateOf(name)))
    .flatMap((pid) => {
      const [, kind] = /SQUALL_OS_CHILD=(\w+)/.exec(proc(pid, 'environ')) ?? []
      return kind ? [{ kind, pid }] : []
    })

/** Mebibytes that a program which is no part of squall can still write. */
function room() {
  const file = path.join(disk, 'probe')
  try {
    writeFileSync(file, Buffer.alloc(20 * 1_048_576))
    return 'room'
  } catch (error) {
    return error.code
  } finally {
    rmSync(file, { force: true })
  }
}

function look() {
  const [, limit] = /^Max open files\s+(\S+)/m.exec(proc(starved.pid, 'limits')) ?? []
  const [memory] = children().filter(({ kind }) => kind === 'memory')
  const [, kibibytes] = /^RssAnon:\s+(\d+)/m.exec(memory ? proc(memory.pid, 'status') : '') ?? []
  const { bavail, bsize } = statfsSync(disk)
  return {
    children: children()
      .map(({ kind }) => kind)
      .sort(),
    held: Number(kibibytes ?? 0) / 1024,
    free: (bavail * bsize) / 1_048_576,
    writing: room(),
    data: readFileSync(data, 'latin1'),
    modified: Math.round(statSync(data).mtimeMs),
    beside: readdirSync(folder).filter((name) => name.startsWith('.squall')).length,
    frozen: stateOf(frozen.pid) === 'T',
    limit,
  }
}

async function until(isSo, seconds = 40) {
  const deadline = performance.now() + seconds * 1000
  while (!isSo()) {
    if (performance.now() > deadline)
      throw new Error(`Not within ${seconds} s: ${isSo}\n${JSON.stringify(look())}`)
    await delay(20)
  }
}

const before = look()
const words = [squall, 'run', 'experiment.json', '--driver', driver]
const run = spawn(process.execPath, words, { cwd: folder, env, stdio: ['ignore', 'ignore', 'pipe'] })
let said = ''
run.stderr.on('data', (chunk) => {
  said += chunk
})
const ended = once(run, 'exit')
await until(() => said.includes('action start_with_skewed_clock') || run.exitCode !== null)
const during = look()
if (scene === 'kill') run.kill('SIGKILL')
const [exitCode] = await ended
await until(() => JSON.stringify(look()) === JSON.stringify(before))
const after = look()
process.stdout.write(`${JSON.stringify({ before, during, after, exitCode, said })}\n`)
for (const child of [frozen, starved]) child.kill('SIGKILL')
execFileSync('umount', [disk])
rmSync(folder, { recursive: true })
process.exit()
