import { isDeepStrictEqual } from 'node:util'
import type { JsonValue } from '@squall/contract'
import { type Law, LawBroken } from '../law.ts'
import type { Outcome } from '../samples.ts'
import { seededRandom } from '../seeded-random.ts'
import { shown } from '../shown.ts'
import { onStage } from '../stage.ts'
import { lawOf, type Subject } from '../subject.ts'

/** With two equal choices in a row, a third one that is equal by luck becomes unlikely. */
const plays = 3

/** What holds for an activity that leaves something to chance, and that others leave nothing to it. */
export function chanceLaws(subject: Subject): readonly Law[] {
  const { choice } = subject.sample
  return [
    lawOf(subject, 'the same chance gives the same choice', async () => {
      const first = await playWithSeed(subject)
      if (!choice) return leavesNothingToChance(first, subject)
      for (let play = 1; play < plays; play++) {
        const [one, other] = [choice(first.outcome), choice((await playWithSeed(subject)).outcome)]
        if (!isDeepStrictEqual(one, other)) {
          throw new LawBroken(`With the same chance it chose ${shown(one)}, then ${shown(other)}.`)
        }
      }
    }),
  ]
}

interface Play {
  readonly outcome: Outcome
  /** How many numbers it took from `context.random`. */
  readonly draws: number
}

function playWithSeed(subject: Subject): Promise<Play> {
  return onStage(subject, subject.sample.prepare, async (stage) => {
    const source = seededRandom('the same chance')
    let draws = 0
    const next = (): number => {
      draws += 1
      return source.next()
    }
    const running = stage.start({ random: { next } })
    const result = ((await running.value()) ?? null) as JsonValue
    return { outcome: { result, undos: running.context.undos.records }, draws }
  })
}

function leavesNothingToChance({ draws }: Play, { name }: Subject): void {
  if (draws === 0) return
  throw new LawBroken(`It takes chance: say with 'choice' in the sample for '${name}' what chance decided.`)
}
