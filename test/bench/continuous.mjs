import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { alternate, median } from './rounds.mjs'
import { inWorkplace, squallFile } from './workplace.mjs'

const seconds = 5

/**
 * How far apart the checks of a continuous hypothesis really are, with one HTTP probe, beside a bare timer that makes the
 * same requests, over a new connection each. Both skip a point of time that they are late for.
 */
export async function continuous() {
  const files = { 'server.mjs': server, 'bare.mjs': bare, 'noop.mjs': 'export function noop() {}\n' }
  return inWorkplace(files, async (place) => {
    const { child, url } = await startServer(place)
    try {
      const rows = []
      for (const period of [0.1, 0.02]) rows.push(await measure(period, url, place))
      return rows
    } finally {
      child.kill()
    }
  })
}

async function measure(period, url, place) {
  const seen = await alternate({
    squall: () => checksOf(period, url, place),
    bare: () => Number(run(['bare.mjs', url, String(period * 1000), String(seconds * 1000)], place)),
  })
  const gap = (counts) => (seconds * 1000) / median(counts)
  return {
    id: `continuous-${period * 1000}`,
    what: `from one check of a continuous hypothesis to the next, wanted every ${period} s, over ${seconds} s`,
    unit: 'ms',
    value: gap(seen.squall),
    yardstick: { name: '`setInterval`, `http.get`', value: gap(seen.bare) },
  }
}

/** How many checks a run holds. */
function checksOf(period, url, place) {
  const probe = { type: 'probe', name: 'answers', tolerance: 200, provider: { type: 'http', url } }
  const provider = { type: 'node', module: './noop.mjs', func: 'noop' }
  const experiment = {
    title: 'Often',
    description: 'How often a steady state can be checked.',
    'steady-state-hypothesis': { title: 'It answers', probes: [probe] },
    method: [{ type: 'action', name: 'wait', provider, pauses: { before: seconds } }],
  }
  const often = ['--hypothesis-strategy', 'during-method-only', '--hypothesis-frequency', String(period)]
  writeFileSync(path.join(place.folder, 'often.json'), JSON.stringify(experiment))
  run([squallFile, 'run', 'often.json', ...often], place)
  const { status, steady_states } = JSON.parse(readFileSync(path.join(place.folder, 'journal.json'), 'utf8'))
  const isWell = steady_states.during.every(({ steady_state_met }) => steady_state_met)
  if (status !== 'completed' || !isWell) throw new Error(`often.json: ${status}`)
  return steady_states.during.length
}

function run(args, { folder, home }) {
  const options = { cwd: folder, env: { ...process.env, HOME: home }, encoding: 'utf8', timeout: 60_000 }
  const { status, stdout, stderr } = spawnSync(process.execPath, args, options)
  if (status !== 0) throw new Error(`${args.join(' ')} ended with ${status}: ${stderr}`)
  return stdout
}

async function startServer({ folder }) {
  const child = spawn(process.execPath, ['server.mjs'], { cwd: folder, stdio: ['ignore', 'pipe', 'inherit'] })
  const [port] = await once(child.stdout.setEncoding('utf8'), 'data')
  return { child, url: `http://127.0.0.1:${port.trim()}/` }
}

const server = `import { createServer } from 'node:http'
const server = createServer((_request, response) => response.end('ok'))
server.listen(0, '127.0.0.1', () => console.log(server.address().port))
`

const bare = `import { get } from 'node:http'
const [url, period, length] = process.argv.slice(2)
let checks = 0
let isBusy = false
const check = () => {
  if (isBusy) return
  isBusy = true
  get(url, { agent: false }, (response) => {
    response.resume().on('end', () => {
      checks += 1
      isBusy = false
    })
  })
}
check()
setInterval(check, Number(period))
setTimeout(() => {
  console.log(checks)
  process.exit(0)
}, Number(length))
`
