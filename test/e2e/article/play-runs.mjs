// Plays the article's experiment again and again, each time on a fresh lab with the article's fixed ports. Runs inside
// a namespace of its own (test/netns.sh) and prints one line of JSON: the verdict of each run and what was left behind.
//   node play-runs.mjs EXPERIMENT RUNS LAB_OPTION...
import { execFile } from 'node:child_process'
import { copyFileSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { fileURLToPath } from 'node:url'

const [experiment, runs, ...labOptions] = process.argv.slice(2)
const squall = fileURLToPath(new URL('../../../packages/squall/bin/squall.js', import.meta.url))
const home = mkdtempSync(path.join(os.tmpdir(), 'squall-article-'))
// A machine with Node and nothing else: no Python that could import the module the file names.
const bin = path.join(home, 'bin')
mkdirSync(bin)
symlinkSync(process.execPath, path.join(bin, 'node'))
const folder = path.join(home, 'work')
mkdirSync(folder)
copyFileSync(experiment, path.join(folder, 'experiment.json'))
const lab = path.join(folder, 'lab')

function command(...words) {
  return new Promise((resolve) => {
    const options = { cwd: folder, env: { PATH: bin, HOME: home }, timeout: 60_000 }
    execFile(process.execPath, [squall, ...words], options, (error, stdout, stderr) => {
      resolve({ exitCode: error ? (error.code ?? 'killed') : 0, stdout, stderr })
    })
  })
}

async function must(...words) {
  const ended = await command(...words)
  if (ended.exitCode !== 0)
    throw new Error(`squall ${words.join(' ')}: ${ended.exitCode}\n${ended.stdout}${ended.stderr}`)
}

/** Listening sockets of this network namespace, from the kernel's own table. */
function listening() {
  return ['tcp', 'tcp6'].flatMap((file) =>
    readFileSync(`/proc/net/${file}`, 'utf8')
      .split('\n')
      .slice(1)
      .filter((row) => row.trim().split(/\s+/)[3] === '0A'),
  )
}

/** Everything that runs in this process namespace beside this program and the shell that started it. */
function processes() {
  return readdirSync('/proc').filter((name) => /^\d+$/.test(name) && ![1, process.pid].includes(Number(name)))
}

const verdicts = []
for (let run = 0; run < Number(runs); run += 1) {
  await must('lab', 'up', '--dir', lab, ...labOptions)
  const { exitCode, stderr } = await command('run', 'experiment.json')
  const {
    status,
    deviated,
    run: activities,
  } = JSON.parse(readFileSync(path.join(folder, 'journal.json'), 'utf8'))
  verdicts.push({ exitCode, status, deviated, activities: activities.map((entry) => entry.status), stderr })
  await must('lab', 'down', '--dir', lab)
}
const left = { listening: listening(), processes: processes() }
rmSync(home, { recursive: true, force: true })
process.stdout.write(`${JSON.stringify({ verdicts, left })}\n`)
