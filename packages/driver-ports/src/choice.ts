import { createHash } from 'node:crypto'
import type { Random } from '@squall/contract'

/** How many of those that were found are meant. */
export type HowMany =
  | { readonly kind: 'all' }
  | { readonly kind: 'count'; readonly count: number }
  | { readonly kind: 'percent'; readonly percent: number }

/** The number that is meant of `available`: never more than there are, and with `percent` at least one. */
export function quantity(howMany: HowMany, available: number): number {
  if (howMany.kind === 'all') return available
  if (howMany.kind === 'count') return Math.min(howMany.count, available)
  return Math.min(Math.ceil((available * howMany.percent) / 100), available)
}

/** The seed as it is written into the result: the one given, else a fresh one drawn from the run's source of chance. */
export function seedText(given: string | number | undefined, random: Random): string {
  return given === undefined ? Math.floor(random.next() * 2 ** 48).toString(36) : String(given)
}

/** Puts a sorted list into the order that the seed decides. Equal lists and seeds give equal orders everywhere. */
export function shuffled<Item>(sorted: readonly Item[], seed: string): Item[] {
  const rest = [...sorted]
  return sorted.flatMap((_, step) => rest.splice(Math.floor(chance(seed, step) * rest.length), 1))
}

// A digest rather than a generator: the same number on every platform, and no state to carry along.
function chance(seed: string, step: number): number {
  return createHash('sha256').update(`${step}\n${seed}`).digest().readUIntBE(0, 6) / 2 ** 48
}
