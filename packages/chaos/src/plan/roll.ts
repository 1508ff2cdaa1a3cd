import type { Random } from '@squall/contract'

/** One face of a weighted die. */
export interface Face<Name> {
  readonly name: Name
  readonly weight: number
}

/**
 * Rolls a die (4.1): draws a number below the sum of the weights and takes the first face whose running sum is greater.
 * Draws one number whatever the weights; undefined when no face has any.
 */
export function roll<Name>(faces: readonly Face<Name>[], chance: Random): Name | undefined {
  const drawn = chance.next()
  const weighted = faces.filter(({ weight }) => weight > 0)
  const product = drawn * weighted.reduce((sum, { weight }) => sum + weight, 0)
  let running = 0
  for (const { name, weight } of weighted) {
    running += weight
    if (running > product) return name
  }
  // Sums of fractions may fall a little short.
  return weighted.at(-1)?.name
}

/** One of them, each equally likely. Draws nothing when there is none. */
export function pick<Item>(items: readonly Item[], chance: Random): Item | undefined {
  return items.length === 0 ? undefined : items[Math.floor(chance.next() * items.length)]
}
