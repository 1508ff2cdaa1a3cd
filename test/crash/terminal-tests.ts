import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { expectNothingLeft, ofType } from './aftermath.ts'
import { allHarmDone } from './crash.ts'
import { lineRollback } from './crash-experiment.mjs'
import { eventually } from './machine.ts'
import { end, ended, Stage } from './stage.ts'

/** What takes a runner away from outside, and what is played afterwards. */
export function terminalTests(): void {
  // They wait more than they work.
  describe('the watchdog', { concurrent: true }, () => {
    it.each([
      { name: 'outlives the process group of the runner', take: killGroup, isCommand: false },
      { name: 'outlives the terminal of the runner', take: closeTerminal, isCommand: false },
      { name: 'outlives the process group of the command', take: killGroup, isCommand: true },
      { name: 'outlives the terminal of the command', take: closeTerminal, isCommand: true },
    ])('$name', async ({ take, isCommand }) => {
      await using stage = await Stage.set()
      await take(stage, isCommand ? await stage.command() : stage.runner())
      await stage.untilSettled()
      const { journal, registered } = await expectNothingLeft(stage)
      expect(journal.status).toBe('interrupted')
      expect(registered).toBe(9)
    })

    it('is replaced when it is killed while the run goes on', async () => {
      await using stage = await Stage.set()
      const runner = stage.run()
      const over = ended(runner)
      await eventually('there is harm', () => (stage.isBroken('a') ? true : undefined))
      const first = stage.watchdog()?.pid ?? 0
      end(first)
      await allHarmDone(stage)
      const second = await eventually('there is another one', () => stage.watchdog())
      expect(second.pid).not.toBe(first)
      runner.kill('SIGKILL')
      await over
      await stage.untilSettled()
      expect((await expectNothingLeft(stage)).journal.undo).toHaveLength(9)
    })

    it('does not hold up a run that ends when it is frozen', async () => {
      await using stage = await Stage.set()
      const runner = stage.run()
      const over = ended(runner)
      await allHarmDone(stage)
      process.kill(stage.watchdog()?.pid ?? 0, 'SIGSTOP')
      expect(await over).toMatchObject({ code: 0, signal: null })
      await stage.untilSettled()
      expect((await expectNothingLeft(stage)).journal.status).toBe('completed')
    })

    it.each([
      {
        name: 'plays rollbacks of the strategy always',
        options: { strategies: { rollbacks: 'always' } },
        lines: ['played'],
      },
      {
        name: 'plays rollbacks when that was asked for',
        options: { rollbacksOnCrash: true },
        lines: ['played'],
      },
      { name: 'plays no rollbacks of the default strategy', options: {}, lines: [] },
      {
        name: 'skips the rollbacks of a dry run',
        options: { rollbacksOnCrash: true, dry: 'actions' },
        lines: [],
      },
    ])('$name', async ({ options, lines }) => {
      await using stage = await Stage.set()
      const written = path.join(stage.folder, 'lines')
      const runner = stage.run({
        options,
        dieAfter: 8,
        more: { rollbacks: [lineRollback(written, 'played')] },
      })
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
async function killGroup(stage: Stage, words: readonly string[]): Promise<void> {
  const runner = stage.start(words, { detached: true, stderr: 'ignore' })
  await allHarmDone(stage)
  process.kill(-(runner.pid ?? 0), 'SIGKILL')
  await ended(runner)
}

/** `script` gives the runner a terminal of its own, which closes with it. */
async function closeTerminal(stage: Stage, words: readonly string[]): Promise<void> {
  const line = words.map((word) => `'${word}'`).join(' ')
  const terminal = stage.start(['script', '--quiet', '--return', '--command', line, '/dev/null'])
  await allHarmDone(stage)
  terminal.kill('SIGKILL')
  await ended(terminal)
}
