// Plays the lab's scenarios with the command installed in the working directory, in a namespace of its own where there
// is one (test/netns.sh), and prints one line of JSON: how it ended, and what of the project still runs then.
import { spawnSync } from 'node:child_process'
import { existsSync, readdirSync, readFileSync } from 'node:fs'

const squall = 'node_modules/.bin/squall'
const { status, stdout, stderr } = run('lab', 'run')
const left = {
  labs: JSON.parse(run('lab', 'status', '--json').stdout),
  processes: processesOf(process.cwd()),
}
process.stdout.write(`${JSON.stringify({ status, stdout, stderr, left })}\n`)

function run(...words) {
  return spawnSync(squall, words, { stdio: ['ignore', 'pipe', 'pipe'], encoding: 'utf8' })
}

/** Command lines of running programs that lie in the folder. Only Linux shows them in files. */
function processesOf(folder) {
  const pids = existsSync('/proc') ? readdirSync('/proc').filter((name) => /^\d+$/.test(name)) : []
  return pids.map(commandLine).filter((line) => line.includes(folder))
}

function commandLine(pid) {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ')
  } catch {
    return '' // It ended between the two calls.
  }
}
