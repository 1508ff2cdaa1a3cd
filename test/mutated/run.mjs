// Hands mutated experiments to squall and looks at what becomes of them. Needs a build.
//   node test/mutated/run.mjs --inside 1000 --outside 20 [--seed N]
// `--inside` is how many of them the command line gets in this process, `--outside` how many get a process of their own.
// The exit code is 0 when the law held for all of them; otherwise the smallest mutant that breaks it is printed.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { parseArgs } from 'node:util'
import fc from 'fast-check'
import { checkOutcome } from './check-outcome.mjs'
import { mutants } from './mutate.mjs'
import { playInside } from './play-inside.mjs'
import { playOutside } from './play-outside.mjs'

const { values } = parseArgs({
  options: {
    inside: { type: 'string', default: '0' },
    outside: { type: 'string', default: '0' },
    seed: { type: 'string', default: String(Date.now() % 2 ** 31) },
  },
})
const seed = Number(values.seed)
const root = mkdtempSync(path.join(os.tmpdir(), 'squall-mutated-'))
const folder = path.join(root, 'work')
mkdirSync(folder)
writeFileSync(path.join(folder, 'answers.mjs'), 'export const same = ({ value }) => value\n')
// Activities start where the command was started, and runs leave their logs in the user's state folder.
process.chdir(folder)
process.env.HOME = root
delete process.env.XDG_STATE_HOME
// Each process that is started would read it again.
delete process.env.NODE_EXTRA_CA_CERTS

const stray = []
process.on('unhandledRejection', (error) => stray.push(error))

try {
  await holdsFor(playInside, Number(values.inside))
  await holdsFor(playOutside, Number(values.outside))
} finally {
  process.chdir(os.tmpdir())
  rmSync(root, { recursive: true, force: true })
}
// What a driver left open must not keep this process.
process.exit(process.exitCode ?? 0)

async function holdsFor(play, runs) {
  if (runs === 0) return
  process.stdout.write(`mutated experiments: ${runs} of ${play.name} with seed ${seed}\n`)
  const law = fc.asyncProperty(mutants, async (mutant) => {
    checkOutcome(mutant, await play(mutant, folder))
    if (stray.length > 0) throw new Error(`nobody handled ${stray.splice(0).join(', ')}`)
  })
  const details = await fc.check(law, { numRuns: runs, seed })
  if (!details.failed) return
  process.stdout.write(story(details))
  process.exitCode = 1
}

/** The smallest mutant that breaks the law, as a file that can be tried. */
function story({ counterexample, errorInstance, counterexamplePath }) {
  const [mutant] = counterexample ?? []
  const file = mutant ? `squall ${mutant.words.join(' ')} ${mutant.file}\n${mutant.content}\n` : ''
  return `Seed ${seed}, path ${counterexamplePath}: ${errorInstance?.message ?? errorInstance}\n${file}`
}
