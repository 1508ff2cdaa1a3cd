import { readdir, readFile } from 'node:fs/promises'
import path from 'node:path'
import { execa } from 'execa'
import { describe, expect, it } from 'vitest'
import { here, notRun } from '../requirements.ts'
import { normalized, readReadme, updateReadme } from './readme.ts'

interface Played {
  readonly transcript: readonly { command: string; exitCode: number; output: string }[]
  readonly listening: string[]
  readonly files: string[]
}

const examples = path.join(here, '../examples')
const folders = (await readdir(examples, { withFileTypes: true })).filter((entry) => entry.isDirectory())
const isolated = await execa(path.join(here, 'netns.sh'), ['true'], { reject: false })
if (isolated.exitCode !== 0) notRun('the examples', isolated.stderr)

/** `in-a-test` is a test itself and runs as one; `test/packages` installs and plays `third-party-driver`. */
const elsewhere = ['in-a-test', 'third-party-driver']
const played = folders.map(({ name }) => name).filter((name) => !elsewhere.includes(name))
/** `examples/fabric-chaos` is a program that speaks to a server. */
const experiments = played.filter((name) => name !== 'fabric-chaos')

describe.skipIf(isolated.exitCode !== 0)('each example does what its README shows', () => {
  it.each(played)(
    '%s',
    async (name) => {
      const folder = path.join(examples, name)
      const { commands, shown } = await readReadme(folder)
      const before = (await readdir(folder)).filter((file) => !file.endsWith('.pem')).sort()
      const program = path.join(here, 'examples/play-readme.mjs')
      const { stdout } = await execa(path.join(here, 'netns.sh'), [
        process.execPath,
        program,
        folder,
        ...commands,
      ])
      const { transcript, listening, files } = JSON.parse(stdout) as Played
      const output = transcript.map((step) => `$ ${step.command}\n${step.output}`).join('')
      if (process.env['SQUALL_UPDATE'] === '1') await updateReadme(folder, output)
      else expect(normalized(output)).toBe(normalized(shown))
      expect(listening).toEqual([])
      // The folder that was named for a lab keeps its logs, that of a chaos server its events.
      const mayStay = [
        ...(commands.some((command) => command.includes('--store chaos')) ? ['chaos'] : []),
        ...(commands.some((command) => command.startsWith('squall run')) ? ['journal.json'] : []),
        ...(commands.some((command) => command.includes('lab up')) ? ['lab'] : []),
      ]
      expect(files.filter((file) => !before.includes(file))).toEqual(mayStay)
    },
    90_000,
  )

  it.each(experiments)('%s says what the run ends with', async (name) => {
    const { commands, shown } = await readReadme(path.join(examples, name))
    const run = commands.findIndex((command) => command.startsWith('squall run'))
    expect(run, 'the README runs the experiment').toBeGreaterThan(-1)
    const scenario = await readFile(path.join(examples, name, 'scenario.json'), 'utf8').then(
      JSON.parse,
      () => undefined,
    )
    if (scenario) expect(shown).toContain(`\n${scenario.expect} in `)
  })
})
