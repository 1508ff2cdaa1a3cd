// Plays chaos through the real command in front of a real server, inside a namespace of its own (test/netns.sh), and prints one
// line of JSON: how long answers took before, during and after, and what was left.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { connect } from 'node:net'
import os from 'node:os'
import path from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'

const [squall, driver, kind, scene] = process.argv.slice(2)
const folder = mkdtempSync(path.join(os.tmpdir(), 'squall-net-'))
const env = { ...process.env, HOME: folder, XDG_STATE_HOME: path.join(folder, 'state') }
const listen = 9180
const kinds = {
  http: {
    port: 9080,
    words: [process.execPath, fileURLToPath(new URL('server.mjs', import.meta.url))],
    text: 'GET / HTTP/1.1\r\nHost: here\r\n\r\n',
    ends: '\r\n\r\nhello\n',
  },
  redis: {
    port: 9079,
    words: ['redis-server', '--port', '9079', '--bind', '127.0.0.1', '--save', '', '--dir', folder],
    text: 'PING\r\n',
    ends: '+PONG\r\n',
  },
}
const { port, words, text, ends } = kinds[kind]
const server = spawn(words[0], words.slice(1), { stdio: 'ignore' })

async function open(to) {
  const socket = connect({ host: '127.0.0.1', port: to, noDelay: true }).setEncoding('latin1')
  await once(socket, 'connect')
  return socket
}

const opens = (to) =>
  open(to).then(
    (socket) => Boolean(socket.destroy()),
    () => false,
  )

async function exchange(socket) {
  let said = ''
  const began = performance.now()
  socket.write(text)
  while (!said.endsWith(ends)) said += (await once(socket, 'data'))[0]
  return performance.now() - began
}

/** Median milliseconds that the way through the proxy takes longer, in alternation. */
async function added() {
  const [straight, through] = [await open(port), await open(listen)]
  const differences = []
  for (let count = 0; count < 15; count += 1)
    differences.push(-(await exchange(straight)) + (await exchange(through)))
  straight.destroy()
  through.destroy()
  return differences.sort((a, b) => a - b)[7]
}

async function until(isSo) {
  const deadline = performance.now() + 20_000
  while (!(await isSo())) {
    if (performance.now() > deadline) throw new Error(`Not within 20 s: ${isSo}`)
    await delay(20)
  }
}

const proxyServers = () =>
  readdirSync('/proc').filter((pid) => {
    if (!/^\d+$/.test(pid)) return false
    try {
      return readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes('--held')
    } catch {
      // It ended while the list was read.
      return false
    }
  }).length

const action = (func, more) => ({
  type: 'action',
  name: func,
  provider: { type: 'net', func, arguments: { proxy: kind, ...more } },
})
const pause = (name, file) => ({
  type: 'action',
  name,
  provider: {
    type: 'process',
    path: 'sh',
    arguments: ['-c', `touch ${file}.begun; until [ -e ${file} ]; do sleep 0.05; done`],
  },
})
const method = [
  action('start_proxy', { upstream: `127.0.0.1:${port}`, listen: `127.0.0.1:${listen}` }),
  pause('first look', path.join(folder, 'first')),
  action('add_toxic', { type: 'latency', attributes: { latency: 100 } }),
  pause('second look', path.join(folder, 'second')),
]
const experiment = { title: 'On the wire', description: 'For a test.', method }
writeFileSync(path.join(folder, 'experiment.json'), JSON.stringify(experiment))

const isThere = (name) => readdirSync(folder).includes(name)
const story = { closest: [] }
try {
  await until(() => opens(port))
  const run = spawn(process.execPath, [squall, 'run', 'experiment.json', '--driver', driver], {
    cwd: folder,
    env,
    stdio: ['ignore', 'inherit', 'inherit'].map((each, at) => (at === 1 ? 'ignore' : each)),
  })
  const ended = once(run, 'exit')
  await until(() => isThere('first.begun'))
  story.without = await added()
  writeFileSync(path.join(folder, 'first'), '')
  await until(() => isThere('second.begun'))
  // A busy machine delays as well: the best of a few shows the toxic.
  for (let tries = 0; tries < 5; tries += 1) story.closest.push(await added())
  story.servers = proxyServers()
  if (scene === 'kill') run.kill('SIGKILL')
  writeFileSync(path.join(folder, 'second'), '')
  story.exitCode = (await ended)[0]
  await until(async () => !(await opens(listen)) && !(await opens(8474)) && proxyServers() === 0)
  story.serverAlive = await opens(port)
  process.stdout.write(`${JSON.stringify(story)}\n`)
} finally {
  server.kill('SIGKILL')
  await delay(100)
  rmSync(folder, { recursive: true, force: true })
}
process.exit()
