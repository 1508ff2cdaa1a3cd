import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import path from 'node:path'
import driver from '../../packages/driver-python/dist/bundle/index.js'
import { runNode } from './node-cpu.mjs'
import { alternate, median, mediansOf } from './rounds.mjs'
import { inWorkplace, squallFile } from './workplace.mjs'

const calls = 300
const naps = 50

/** A call of a Python function in a warm process, and many that sleep side by side. */
export async function python() {
  return [...(await warmCalls()), await backgroundNaps()]
}

async function warmCalls() {
  const echo = await startEcho()
  try {
    const { call, bare } = mediansOf(
      await alternate({ call: () => medianOf(callBasename), bare: () => medianOf(echo.roundTrip) }),
    )
    const what = 'a Python function in a warm process'
    const yardstick = { name: 'a line to Python and back', value: bare }
    return [{ id: 'python-call', what, unit: 'ms', value: call, yardstick }]
  } finally {
    echo.end()
    await driver.close()
  }
}

async function medianOf(act) {
  const took = []
  for (let count = 0; count < calls; count += 1) {
    const began = performance.now()
    await act()
    took.push(performance.now() - began)
  }
  return median(took)
}

const nothing = () => {}
const context = {
  signal: new AbortController().signal,
  log: { debug: nothing, info: nothing, warn: nothing },
  configuration: { region: 'north' },
  secrets: {},
  options: {},
}
const provider = { type: 'python', module: 'os.path', func: 'basename', arguments: { p: 'a/b' } }

async function callBasename() {
  const answer = await driver.providers.python.run({ provider, kind: 'probe', activity: 'name' }, context)
  if (answer !== 'b') throw new Error(`basename answered ${answer}`)
}

/** The least a call can cost: a process that sends back each line it gets. */
async function startEcho() {
  const program =
    'import sys\nfor line in sys.stdin.buffer:\n    sys.stdout.buffer.write(line)\n    sys.stdout.buffer.flush()\n'
  const child = spawn('python3', ['-c', program], { stdio: ['pipe', 'pipe', 'inherit'] })
  const roundTrip = async () => {
    child.stdin.write('{"id": 1}\n')
    await once(child.stdout, 'data')
  }
  await roundTrip()
  return { roundTrip, end: () => child.kill() }
}

/** From the first start to the last end, as the journal has it. */
async function backgroundNaps() {
  const provider = { type: 'python', module: 'napping', func: 'nap', arguments: { seconds: 0.5 } }
  const method = Array.from({ length: naps }, (_, at) => ({
    type: 'action',
    name: `nap ${at}`,
    background: true,
    provider,
  }))
  const files = {
    'napping.py': 'import time\n\n\ndef nap(seconds):\n    time.sleep(seconds)\n',
    'naps.json': { title: 'Naps', description: 'Side by side.', method },
  }
  const seconds = await inWorkplace(files, async (place) => {
    const variables = { PYTHONPATH: place.folder }
    const { run } = await alternate({
      run: () => {
        runNode([squallFile, 'run', 'naps.json'], { ...place, variables })
        return napTime(JSON.parse(readFileSync(path.join(place.folder, 'journal.json'), 'utf8')))
      },
    })
    return median(run)
  })
  const what = `${naps} naps of 0.5 s in Python in the background`
  return { id: 'python-naps', what, unit: 's', value: seconds, yardstick: { name: 'one nap', value: 0.5 } }
}

function napTime({ status, run }) {
  if (status !== 'completed' || run.length !== naps || run.some((each) => each.status !== 'succeeded'))
    throw new Error(`the naps ended as ${status}`)
  const times = run.flatMap(({ start, end }) => [Date.parse(start), Date.parse(end)])
  return (Math.max(...times) - Math.min(...times)) / 1000
}
