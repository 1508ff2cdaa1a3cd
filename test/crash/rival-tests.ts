import { setTimeout as delay } from 'node:timers/promises'
import { describe, expect, it } from 'vitest'
import { expectNothingLeft } from './aftermath.ts'
import { dieAlone, say } from './crash.ts'
import { eventually } from './machine.ts'
import { ended, Stage } from './stage.ts'

/** Several healers want the same run. */
export function rivalTests({ rounds }: { readonly rounds: number }): void {
  describe('three healers at once', { timeout: 300_000 }, () => {
    it('share one run so that each undo takes effect once and there is one journal', async () => {
      const outcomes = new Map<string, number>()
      for (let round = 0; round < rounds; round += 1) {
        for (const outcome of await rivalRound(round)) outcomes.set(outcome, (outcomes.get(outcome) ?? 0) + 1)
      }
      say(`${rounds} rounds of three healers: ${[...outcomes].map((entry) => entry.join(' ')).join(', ')}`)
      expect(outcomes.get('healed')).toBe(rounds)
    })
  })
}

/** In every second round they find the lock of a healer that was killed. Resolves to what each of them said. */
async function rivalRound(round: number): Promise<string[]> {
  await using stage = await Stage.set()
  await dieAlone(stage)
  if (round % 2 === 1) await killedHealer(stage)
  const ends = await Promise.all([1, 2, 3].map(() => ended(stage.recover())))
  await stage.untilSettled()
  await expectNothingLeft(stage)
  expect(ends.map(({ code }) => code)).toEqual([0, 0, 0])
  return ends.map(({ output }) => output.trim() || 'found nothing')
}

async function killedHealer(stage: Stage): Promise<void> {
  const healer = stage.recover()
  await eventually('a healer holds the lock', () => (stage.isBeingHealed() ? true : undefined))
  healer.kill('SIGKILL')
  await ended(healer)
}

/** A healer that is frozen for long. */
export function frozenHealerTest(): void {
  it('takes a run over from a healer that is frozen, which notices when it wakes', async () => {
    await using stage = await Stage.set()
    await dieAlone(stage, { slowMend: 1000 })
    const frozen = stage.recover()
    await eventually('a healer holds the lock', () => (stage.isBeingHealed() ? true : undefined))
    // In the middle of its first undo.
    await delay(500)
    frozen.kill('SIGSTOP')
    const impatient = await ended(stage.recover())
    expect(impatient.output).toBe('left alone\n')
    const { output } = await eventually(
      'another healer takes over',
      async () => {
        const end = await ended(stage.recover())
        return end.output === 'left alone\n' ? undefined : end
      },
      25_000,
    )
    expect(output).toBe('healed\n')
    frozen.kill('SIGCONT')
    expect(await ended(frozen)).toEqual({ output: 'left alone\n', code: 0, signal: null })
    await stage.untilSettled()
    // The undo in which it was frozen is finished by it, too: that is why an undo may be carried out twice.
    const { journal } = await expectNothingLeft(stage, { mendedTwice: ['d'] })
    expect(journal.undo).toHaveLength(9)
  })
}
