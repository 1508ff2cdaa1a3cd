import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { connect, createServer } from 'node:net'
import { fileURLToPath } from 'node:url'
import { alternate, median } from './rounds.mjs'

const folder = (name) => fileURLToPath(new URL(name, import.meta.url))
const proxyProgram = folder('../../packages/driver-net/dist/host/proxy/main.js')
const exchanges = 150
// What is compared are microseconds: many short turns, so that a busy moment meets all three alike.
const turns = 41
const asked = 100

const kinds = {
  http: {
    text: 'GET / HTTP/1.1\r\nHost: bench\r\n\r\n',
    ends: '\r\n\r\nhello\n',
    name: 'a GET of a Node server',
  },
  redis: { text: 'PING\r\n', ends: '+PONG\r\n', name: 'a PING of Redis' },
}

/** What the proxy of the driver `net` costs, and how exactly it delays. */
export async function net() {
  const rows = []
  for (const kind of Object.keys(kinds)) rows.push(...(await measure(kind)))
  return rows
}

async function measure(kind) {
  if (kind === 'redis' && spawnSync('redis-server', ['--version']).status !== 0) return notMeasured()
  const children = []
  const start = async (program, args, ready) => {
    const child = spawn(program, args, { stdio: ['ignore', 'pipe', 'inherit'] })
    children.push(child)
    return await lineOf(child, ready)
  }
  try {
    const port = await startServer(kind, start)
    const [, plain] = await start(
      process.execPath,
      [folder('namespace/pass-through.mjs'), String(port)],
      /(\d+)\n/,
    )
    const [, api] = await start(process.execPath, [proxyProgram, '--listen', '127.0.0.1:0'], /:(\d+)\n/)
    const ours = await makeProxy(`http://127.0.0.1:${api}`, port)
    return await rowsOf(kind, { direct: port, plain: Number(plain), ours: ours.port }, ours)
  } finally {
    for (const child of children) child.kill('SIGKILL')
  }
}

async function startServer(kind, start) {
  if (kind === 'http')
    return Number((await start(process.execPath, [folder('namespace/hello.mjs')], /(\d+)\n/))[1])
  const port = await freePort()
  const options = ['--port', String(port), '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no']
  await start('redis-server', options, /Ready to accept connections/)
  return port
}

async function lineOf(child, pattern) {
  let said = ''
  for await (const chunk of child.stdout) {
    said += chunk
    const found = pattern.exec(said)
    if (found) {
      child.stdout.resume()
      return found
    }
  }
  throw new Error(`${child.spawnargs.join(' ')} ended: ${said}`)
}

async function freePort() {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address()
  server.close()
  await once(server, 'close')
  return port
}

async function makeProxy(api, port) {
  const call = async (method, path, body) => {
    const answer = await fetch(`${api}${path}`, { method, body: body && JSON.stringify(body) })
    return answer.status === 204 ? null : await answer.json()
  }
  const fields = { name: 'bench', listen: '127.0.0.1:0', upstream: `127.0.0.1:${port}` }
  const { listen } = await call('POST', '/proxies', fields)
  const toxics = '/proxies/bench/toxics'
  return {
    port: Number(listen.split(':').at(-1)),
    slow: () => call('POST', toxics, { name: 'slow', type: 'latency', attributes: { latency: asked } }),
    quick: () => call('DELETE', `${toxics}/slow`),
  }
}

async function rowsOf(kind, ports, ours) {
  const pooled = { direct: [], plain: [], ours: [] }
  const through = (name) => async () => {
    const took = await exchangesOn(ports[name], kinds[kind], exchanges)
    pooled[name].push(...took)
    return median(took)
  }
  const ways = { direct: through('direct'), plain: through('plain'), ours: through('ours') }
  const seen = await alternate(ways, turns)
  await ours.slow()
  const slow = await alternate({
    direct: async () => median(await exchangesOn(ports.direct, kinds[kind], 9)),
    ours: async () => median(await exchangesOn(ports.ours, kinds[kind], 9)),
  })
  await ours.quick()
  const over = (name) => median(seen[name].map((each, round) => each - seen.direct[round]))
  const added = median(slow.ours.map((each, round) => each - slow.direct[round]))
  const { name } = kinds[kind]
  const row = (id, what, unit, value, yardstick, of) => ({
    id: `net-${kind}-${id}`,
    what: `${what}, ${name}`,
    unit,
    value,
    yardstick: { name: of, value: yardstick },
  })
  const plain = 'plain pass-through'
  return [
    row('median', 'what a proxy adds at the median', 'µs', over('ours') * 1000, over('plain') * 1000, plain),
    row('p99', 'through a proxy, 99th percentile', 'ms', p99(pooled.ours), p99(pooled.plain), plain),
    row('latency', `what a toxic of ${asked} ms adds at the median`, 'ms', added, asked, 'what was asked'),
  ]
}

const p99 = (numbers) => [...numbers].sort((a, b) => a - b)[Math.floor(numbers.length * 0.99)]

/** Milliseconds of each of so many exchanges, one after the other over one connection. */
async function exchangesOn(port, { text, ends }, count) {
  const socket = connect({ host: '127.0.0.1', port, noDelay: true }).setEncoding('latin1')
  await once(socket, 'connect')
  const took = []
  let said = ''
  let finished = () => {}
  socket.on('data', (chunk) => {
    said += chunk
    if (said.endsWith(ends)) finished()
  })
  // The first ones warm up.
  for (let at = -5; at < count; at += 1) {
    said = ''
    const began = performance.now()
    await new Promise((resolve) => {
      finished = resolve
      socket.write(text)
    })
    if (at >= 0) took.push(performance.now() - began)
  }
  socket.destroy()
  return took
}

function notMeasured() {
  const reason = 'there is no program redis-server (Debian: redis-server)'
  if (process.env.SQUALL_REQUIRE_ALL === '1') throw new Error(`The benchmark of net must run here: ${reason}`)
  process.stderr.write(`NOT RUN: the benchmark of net in front of Redis: ${reason}\n`)
  return []
}
