import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { execa } from 'execa'
import { squallFile } from '../bench/workplace.mjs'

/** Runs the command on a mutant as a process of its own. */
export async function playOutside({ file, content, words }, folder) {
  const journal = path.join(folder, 'journal.json')
  rmSync(journal, { force: true })
  writeFileSync(path.join(folder, file), content)
  const [first = '', ...rest] = words
  const limit = first === 'run' ? ['--max-duration', '0.5'] : []
  const argv = [squallFile, '--log-format', 'json', first, ...rest, ...limit, file]
  const ended = await execa(process.execPath, argv, {
    cwd: folder,
    env: { HOME: folder, NODE_EXTRA_CA_CERTS: '' },
    stdin: 'ignore',
    // A rollback may pause for ever; a first signal ends it.
    timeout: 20_000,
    killSignal: 'SIGINT',
    forceKillAfterDelay: 5000,
    reject: false,
  })
  const said = `${ended.stdout}\n${ended.stderr}`
  const exit = ended.exitCode ?? null
  return { exit, said, ...(existsSync(journal) ? { journal: readFileSync(journal, 'utf8') } : {}) }
}
