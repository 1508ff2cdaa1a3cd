// Plays faults in the kernel through the real command, between two hosts made of network namespaces, and prints one line of JSON:
// how connections fared before, during and after, and what was left. Run it by test/netns.sh.
import { execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { promisify } from 'node:util'

const [squall, driver, scene] = process.argv.slice(2)
const folder = mkdtempSync(path.join(os.tmpdir(), 'squall-cut-'))
const env = { ...process.env, HOME: folder, XDG_STATE_HOME: path.join(folder, 'state') }
// The names are seen by the whole machine.
const mark = `sq${path.basename(folder).slice(-6)}`
const [here, there] = [`${mark}a`, `${mark}b`]
const address = '10.78.0.2'
const ports = { plain: 7000, reset: 7001, drop: 7002 }
const lossy = 7003
const beyond = '10.99.0.0/16'

const run = (program, ...args) => promisify(execFile)(program, args, { timeout: 20_000 })
const ip = (...args) => run('ip', ...args)

async function makeHosts() {
  await ip('netns', 'add', here)
  await ip('netns', 'add', there)
  await ip('-n', here, 'link', 'add', 'eth0', 'type', 'veth', 'peer', 'name', 'eth0', 'netns', there)
  for (const [name, own] of [
    [here, '10.78.0.1/24'],
    [there, `${address}/24`],
  ]) {
    await ip('-n', name, 'addr', 'add', own, 'dev', 'eth0')
    await ip('-n', name, 'link', 'set', 'eth0', 'up')
    await ip('-n', name, 'link', 'set', 'lo', 'up')
  }
  // Somebody's own route, which the kernel forgets when the device goes down.
  await ip('-n', here, 'route', 'add', beyond, 'via', address)
}

const serverCode = `
  const { createServer } = require('node:net')
  const serve = (socket) => { socket.on('error', () => {}); socket.end(Buffer.alloc(300_000)) }
  for (const port of [${Object.values(ports)}]) createServer(serve).listen(port, '${address}')
  const echo = require('node:dgram').createSocket('udp4').bind(${lossy}, '${address}')
  echo.on('message', (text, from) => echo.send(text, from.port, from.address))`
const clientCode = `
  const socket = require('node:net').connect({ host: process.argv[1], port: Number(process.argv[2]) })
  const began = performance.now()
  let bytes = 0
  const say = (how) => { console.log(JSON.stringify({ how, bytes, ms: performance.now() - began })); process.exit() }
  socket.on('data', (chunk) => { bytes += chunk.length })
  socket.on('end', () => say('served'))
  socket.on('error', ({ code }) => say(code))
  setTimeout(() => say('nothing'), process.argv[3])`

const datagrams = 400
const countCode = `
  const socket = require('node:dgram').createSocket('udp4')
  let [sent, back] = [0, 0]
  socket.on('message', () => { back += 1 })
  const timer = setInterval(() => {
    for (let each = 0; each < 10; each += 1) socket.send('x', ${lossy}, '${address}')
    sent += 10
    if (sent >= ${datagrams}) clearInterval(timer)
  }, 10)
  setTimeout(() => { console.log(back); process.exit() }, 2500)`

/** Share of datagrams that come back. */
async function share() {
  const { stdout } = await ip('netns', 'exec', here, process.execPath, '-e', countCode)
  return Number(stdout) / datagrams
}

/** How a connection from one host to a port of the other fares. */
async function ask(port, patience = 1500) {
  const { stdout } = await ip(
    'netns',
    'exec',
    here,
    process.execPath,
    '-e',
    clientCode,
    address,
    String(port),
    String(patience),
  )
  return JSON.parse(stdout)
}

async function until(isSo) {
  const deadline = performance.now() + 30_000
  while (!(await isSo())) {
    if (performance.now() > deadline) throw new Error(`Not within 30 s: ${isSo}`)
    await delay(30)
  }
}

const action = (func, args) => ({
  type: 'action',
  name: func,
  provider: { type: 'net', func, arguments: args },
})
const pause = (name) => {
  const file = path.join(folder, name)
  const script = `touch ${file}.begun; until [ -e ${file} ]; do sleep 0.05; done`
  return { type: 'action', name, provider: { type: 'process', path: 'sh', arguments: ['-c', script] } }
}
const method = [
  action('limit_bandwidth', { namespace: there, device: 'eth0', rate_kbit: 2000, latency_ms: 400 }),
  pause('limited'),
  action('reset_packets', { namespace: there, local_port: ports.reset }),
  action('drop_packets', { namespace: there, local_port: ports.drop, protocol: 'tcp' }),
  action('drop_packets', { namespace: there, local_port: lossy, direction: 'in', percent: 30 }),
  pause('faulty'),
  action('partition', { groups: [[here], [there]] }),
  pause('cut'),
  action('blackhole_route', { namespace: here, to: '10.99.0.1' }),
  action('blackhole_route', { namespace: here, to: address }),
  pause('routeless'),
  action('link_down', { namespace: here, device: 'eth0' }),
  pause('down'),
]
writeFileSync(
  path.join(folder, 'experiment.json'),
  JSON.stringify({ title: 'Cut', description: 'For a test.', method }),
)

async function during(name, look) {
  await until(() => existsSync(path.join(folder, `${name}.begun`)))
  const seen = await look()
  if (scene !== 'kill' || name !== 'down') writeFileSync(path.join(folder, name), '')
  return seen
}

async function remains() {
  const texts = [here, there].map(async (name) => {
    const tables = await ip('netns', 'exec', name, 'nft', 'list', 'tables')
    const queues = await ip('netns', 'exec', name, 'tc', 'qdisc', 'show', 'dev', 'eth0')
    return [tables.stdout, queues.stdout.replace(/^qdisc noqueue 0: root.*$/m, '')].join('').trim()
  })
  const routes = await ip('-n', here, 'route', 'show')
  // The kernel's own route, and somebody's.
  const others = routes.stdout
    .split('\n')
    .filter((line) => line !== '' && !/^10\.(78|99)\.0\.0\/.* dev eth0/.test(line))
  return [...(await Promise.all(texts)), ...others].join('')
}

const isUp = async () => (await ip('-n', here, 'link', 'show', 'eth0')).stdout.includes('state UP')
const hasOwnRoute = async () =>
  (await ip('-n', here, 'route', 'show', beyond)).stdout.includes(`via ${address}`)

const story = {}
let server
try {
  await makeHosts()
  server = spawn('ip', ['netns', 'exec', there, process.execPath, '-e', serverCode], { stdio: 'ignore' })
  await until(async () => (await ask(ports.drop)).how === 'served')
  story.before = await ask(ports.plain, 5000)
  const words = [squall, 'run', 'experiment.json', '--driver', driver]
  const squallRun = spawn(process.execPath, words, {
    cwd: folder,
    env,
    stdio: ['ignore', 'ignore', 'inherit'],
  })
  const ended = once(squallRun, 'exit')
  story.limited = await during('limited', () => ask(ports.plain, 10_000))
  story.reset = await during('faulty', async () => {
    story.dropped = await ask(ports.drop)
    story.beside = await ask(ports.plain, 10_000)
    story.share = await share()
    return ask(ports.reset)
  })
  story.cut = await during('cut', () => ask(ports.plain))
  story.routeless = await during('routeless', () => ask(ports.plain))
  story.down = await during('down', async () => ({ isUp: await isUp(), hasOwnRoute: await hasOwnRoute() }))
  if (scene === 'kill') {
    squallRun.kill('SIGKILL')
    writeFileSync(path.join(folder, 'down'), '')
  }
  story.exitCode = (await ended)[0]
  await until(async () => (await remains()) === '' && (await isUp()))
  story.up = { isUp: await isUp(), hasOwnRoute: await hasOwnRoute() }
  story.after = await ask(ports.plain, 5000)
  story.remains = await remains()
  process.stdout.write(`${JSON.stringify(story)}\n`)
} finally {
  server?.kill('SIGKILL')
  for (const name of [here, there]) await ip('netns', 'del', name).catch(() => {})
  await delay(100)
  rmSync(folder, { recursive: true, force: true })
}
process.exit()
