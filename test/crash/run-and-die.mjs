// Runs the experiment of the crash tests and kills itself as soon as a record of its log is on disk, its watchdog first
// where that is asked for.
//   node run-and-die.mjs ORDER      a JSON object: see `Order` in stage.ts
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { DriverRegistry, findDrivers, runExperiment, waveThrough } from '../../packages/core/dist/index.js'
import { crashExperiment, driverFolders } from './crash-experiment.mjs'

const { folder, pids, eventLog, journalPath, dieAfter, dieAfterUndo, withWatchdog, options, more, slowMend } =
  JSON.parse(process.argv[2])
const drivers = new DriverRegistry(await findDrivers({ from: [], named: driverFolders }))

await runExperiment(waveThrough(crashExperiment({ folder, pids, more, slowMend })), {
  drivers,
  ...(eventLog && { eventLog }),
  journalPath,
  ...options,
  onEvent: ({ seq, type, undo }) => {
    const isUndo = type === 'undo-registered' && undo === dieAfterUndo
    if (seq === dieAfter || isUndo) dieOnceOnDisk(seq)
  },
})

/** Looks in every turn of the event loop. A log that was put away holds all records. */
function dieOnceOnDisk(seq) {
  if (existsSync(eventLog ?? '') || logText().includes(`"seq":${seq},`)) die()
  setImmediate(dieOnceOnDisk, seq)
}

function die() {
  if (withWatchdog) {
    const children = readFileSync(`/proc/self/task/${process.pid}/children`, 'utf8').trim().split(' ')
    for (const pid of children.filter(isWatchdog)) process.kill(Number(pid), 'SIGKILL')
  }
  process.kill(process.pid, 'SIGKILL')
}

function isWatchdog(pid) {
  return pid !== '' && readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes('watchdog')
}

function logText() {
  const runs = path.join(process.env.XDG_STATE_HOME, 'squall/runs')
  try {
    const [run = ''] = readdirSync(runs)
    return readFileSync(path.join(runs, run, '000001.log'), 'utf8')
  } catch {
    // It is not there yet.
    return ''
  }
}
