import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { closeDrivers } from '../../packages/cli/dist/commands/find-project.js'
import { runCommandLine } from '../../packages/cli/dist/main.js'

const commandFolder = fileURLToPath(new URL('../../packages/squall', import.meta.url))

/** Longer than any mutant takes; then it is told to end, as with Ctrl-C, and again. */
const patienceMs = 3000

/**
 * Runs the command line on a mutant in this process: the code that the command itself runs. Resolves to its `exit` code,
 * what it `said`, and the text of the `journal` it wrote, if any.
 */
export async function playInside({ file, content, words }, folder) {
  const journal = path.join(folder, 'journal.json')
  rmSync(journal, { force: true })
  writeFileSync(path.join(folder, file), content)
  const said = []
  const [first = '', ...rest] = words
  const limit = first === 'run' ? ['--max-duration', '0.5'] : []
  const argv = ['--log-format', 'json', first, ...rest, ...limit, file]
  const patience = setInterval(() => process.emit('SIGINT'), patienceMs)
  try {
    const importModule = (name) => import(name)
    const options = { commandFolder, version: '0.0.0', importModule }
    const exit = await runCommandLine(argv, options, listeningTerminal(folder, said))
    await closeDrivers()
    return {
      exit,
      said: said.join(''),
      ...(existsSync(journal) ? { journal: readFileSync(journal, 'utf8') } : {}),
    }
  } finally {
    clearInterval(patience)
  }
}

function listeningTerminal(folder, said) {
  const listen = (text) => void said.push(text)
  return {
    out: listen,
    err: listen,
    show: listen,
    confirm: async () => false,
    isInteractive: false,
    canAsk: false,
    hasColors: false,
    workingDirectory: folder,
    home: folder,
    environment: process.env,
    pid: process.pid,
    nodeVersion: process.version,
    contextId: 'mutated',
  }
}
