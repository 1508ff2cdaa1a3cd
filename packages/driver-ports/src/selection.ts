import type { ActivityContext, Targets } from '@squall/contract'
import { type Candidates, findCandidates, type Selector } from './candidates.ts'
import { type HowMany, quantity, seedText, shuffled } from './choice.ts'
import { type Guard, raiseGuard } from './guard.ts'
import { preview } from './preview.ts'
import type { ProcessFacts } from './process-table.ts'
import type { System } from './system.ts'
import { targetTexts } from './target-texts.ts'
import { byPlace, type Refusal, refusalText, type Victim, victimText } from './victim.ts'

/** What an activity asks for. */
export interface Wish {
  readonly selector: Selector
  readonly howMany: HowMany
  readonly seed: string | number | undefined
  readonly otherUsers: boolean
  /** A further reason to leave a process alone. */
  readonly objection?: (facts: ProcessFacts) => string | null
}

/** What an activity is going to touch. */
export interface Selection {
  readonly guard: Guard
  readonly victims: readonly Victim[]
  /** How many there were to choose from. */
  readonly chosenFrom: number
  /** The seed that decided; null when nothing was left to chance. */
  readonly seed: string | null
  readonly refused: readonly Refusal[]
  readonly missing: readonly string[]
}

/** Finds what is wished for and chooses among it. */
export async function select(wish: Wish, system: System, context: ActivityContext): Promise<Selection> {
  // Drawn even when there is nothing to choose, so that the next draw of the run does not depend on what was found.
  const seed = wish.howMany.kind === 'all' ? null : seedText(wish.seed, context.random)
  const { guard, candidates } = await search(wish, protecting(system, context))
  return {
    guard,
    victims: chosen(candidates.victims, wish.howMany, seed),
    chosenFrom: candidates.victims.length,
    seed,
    refused: candidates.refused,
    missing: candidates.missing,
  }
}

/** What the run needs to live is protected like what the driver was told to protect. */
export function protecting(system: System, { protectedPids = [] }: ActivityContext): System {
  return { ...system, protectedPids: () => [...system.protectedPids(), ...protectedPids] }
}

/** Names what `select` would choose now, or those it would choose from when that is left to the run's chance. */
export async function previewTargets(wish: Wish, system: System, context: ActivityContext): Promise<Targets> {
  return preview(targetsOf(wish, protecting(system, context), context))
}

/** Why there is nobody to touch, as the second half of a sentence. */
export function emptyHanded({ missing, refused }: Pick<Candidates, 'missing' | 'refused'>): string {
  const reasons = [...missing, ...refused.map(refusalText)]
  return reasons.length === 0 ? 'what was found had ended by itself' : reasons.join('; ')
}

async function targetsOf(wish: Wish, system: System, context: ActivityContext): Promise<Targets> {
  const { candidates } = await search(wish, system)
  const { victims } = candidates
  if (victims.length === 0) return { unknown: emptyHanded(candidates) }
  const count = quantity(wish.howMany, victims.length)
  if (count < victims.length && wish.seed === undefined) {
    return {
      unknown: `${count} of ${victims.length}, chosen when it runs: ${victims.map(victimText).join('; ')}`,
    }
  }
  return targetTexts(chosen(victims, wish.howMany, String(wish.seed)), system, context)
}

async function search(wish: Wish, system: System): Promise<{ guard: Guard; candidates: Candidates }> {
  const guard = await raiseGuard(system, { otherUsers: wish.otherUsers })
  const { objection } = wish
  const candidates = await findCandidates(wish.selector, {
    system,
    guard,
    ...(objection ? { objection } : {}),
  })
  return { guard, candidates }
}

function chosen(victims: readonly Victim[], howMany: HowMany, seed: string | null): readonly Victim[] {
  const count = quantity(howMany, victims.length)
  if (seed === null || count === victims.length) return victims
  return shuffled(victims, seed).slice(0, count).sort(byPlace)
}
