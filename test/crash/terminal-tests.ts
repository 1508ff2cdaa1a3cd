import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { expectNothingLeft, ofType } from './aftermath.ts'
import { lineRollback } from './crash-experiment.mjs'
import { eventually } from './machine.ts'
import { ended, Stage } from './stage.ts'

/** What takes a runner away from outside, and what is played afterwards. */
export function terminalTests(): void {
  describe('the watchdog', () => {
    it.each([
      { name: 'outlives the process group of the runner', take: killGroup },
      { name: 'outlives the terminal of the runner', take: closeTerminal },
    ])('$name', async ({ take }) => {
      await using stage = await Stage.set()
      await take(stage)
      await stage.untilSettled()
      const { journal, registered } = await expectNothingLeft(stage)
      expect(journal.status).toBe('interrupted')
      expect(registered).toBe(9)
    })

    it.each([
      { name: 'plays rollbacks of the strategy always', options: { strategies: { rollbacks: 'always' } }, lines: ['played'] },
      { name: 'plays rollbacks when that was asked for', options: { rollbacksOnCrash: true }, lines: ['played'] },
      { name: 'plays no rollbacks of the default strategy', options: {}, lines: [] },
      { name: 'skips the rollbacks of a dry run', options: { rollbacksOnCrash: true, dry: 'actions' }, lines: [] },
    ])('$name', async ({ options, lines }) => {
      await using stage = await Stage.set()
      const written = path.join(stage.folder, 'lines')
      const runner = stage.run({ options, dieAfter: 12, more: { rollbacks: [lineRollback(written, 'played')] } })
      expect((await ended(runner)).signal).toBe('SIGKILL')
      await stage.untilSettled()
      const { journal, events } = await expectNothingLeft(stage)
      expect(await readFile(written, 'utf8').catch(() => '')).toBe(lines.map((line) => `${line}\n`).join(''))
      const isDry = 'dry' in options
      expect(journal.rollbacks).toHaveLength(isDry ? 1 : lines.length)
      expect(ofType(events, 'rollbacks-decided').map(({ play }) => play)).toEqual([lines.length > 0 || isDry])
    })
  })
}

/** The runner leads a group of its own, as a shell would start it. */
async function killGroup(stage: Stage): Promise<void> {
  const runner = stage.start(stage.runner(), { detached: true })
  await allHarmDone(stage)
  process.kill(-(runner.pid ?? 0), 'SIGKILL')
  await ended(runner)
}

/** `script` gives the runner a terminal of its own, which closes with it. */
async function closeTerminal(stage: Stage): Promise<void> {
  const words = stage.runner().map((word) => `'${word}'`)
  const terminal = stage.start(['script', '--quiet', '--return', '--command', words.join(' '), '/dev/null'])
  await allHarmDone(stage)
  terminal.kill('SIGKILL')
  await ended(terminal)
}

async function allHarmDone(stage: Stage): Promise<void> {
  await eventually('all harm is done', () => (stage.logText().includes('"undo":9,') ? true : undefined))
}
