// Plays every fault of driver-os through the real command, inside a namespace of its own (test/netns.sh), and prints one line
// of JSON: what somebody saw who looked at the machine before, during and after, without the driver.
import { execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmdirSync,
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
const [frozen, starved, grouped] = [0, 1, 2].map(() => spawn('sleep', ['600'], { stdio: 'ignore' }))
await Promise.all([frozen, starved, grouped].map((child) => once(child, 'spawn')))

/** A control group of our own with a process in it; null where none can be made. */
function makeGroup() {
  const name = `squall-e2e-${path.basename(folder)}`
  for (const root of ['/sys/fs/cgroup/freezer', '/sys/fs/cgroup/unified', '/sys/fs/cgroup']) {
    const place = path.join(root, name)
    try {
      mkdirSync(place)
      const file = ['freezer.state', 'cgroup.freeze'].find((each) => existsSync(path.join(place, each)))
      if (file) {
        writeFileSync(path.join(place, 'cgroup.procs'), String(grouped.pid))
        return { name, folder: place, file: path.join(place, file) }
      }
      rmdirSync(place)
    } catch {
      // Not here; perhaps below the next one.
    }
  }
  return null
}
const group = makeGroup()
const clockFile = path.join(folder, 'clock')
const clock = `setInterval(() => require('node:fs').writeFileSync('clock', String(Date.now())), 100)`

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
  ...(group ? [action('freeze_group', { group: group.name })] : []),
  action('start_with_skewed_clock', { command: [process.execPath, '-e', clock], ahead: 3600 }),
  {
    type: 'action',
    name: 'wait',
    provider: { type: 'process', path: 'sh', arguments: ['-c', 'until [ -e go ]; do sleep 0.1; done'] },
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
    group: group && !['THAWED', '0'].includes(readFileSync(group.file, 'utf8').trim()),
    limit,
  }
}

/** What the loaders got of a core in a few windows of 2 s, by the accounts of the kernel. */
async function loads() {
  const given = () =>
    children()
      .filter(({ kind }) => kind === 'cpu')
      .reduce((sum, { pid }) => sum + Number(proc(pid, 'schedstat').split(' ')[0]) / 1e9, 0)
  const shares = []
  for (let window = 0; window < 8; window += 1) {
    const [began, before] = [performance.now(), given()]
    await delay(2000)
    shares.push(((given() - before) * 1000) / (performance.now() - began))
    if (Math.abs(shares.at(-1) - 0.1) < 0.01) break
  }
  return shares
}

/** Seconds that the clock of the skewed program is ahead. */
async function skew() {
  await until(() => existsSync(clockFile) && readFileSync(clockFile, 'utf8') !== '')
  return (Number(readFileSync(clockFile, 'utf8')) - Date.now()) / 1000
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
const during = { ...look(), loads: await loads(), ahead: await skew() }
if (scene === 'kill') run.kill('SIGKILL')
writeFileSync(path.join(folder, 'go'), '')
const [exitCode] = await ended
await until(() => JSON.stringify(look()) === JSON.stringify(before))
const after = look()
process.stdout.write(`${JSON.stringify({ before, during, after, exitCode, said })}\n`)
for (const child of [frozen, starved, grouped]) child.kill('SIGKILL')
await once(grouped, 'exit')
if (group) rmdirSync(group.folder)
execFileSync('umount', [disk])
rmSync(folder, { recursive: true })
process.exit()
