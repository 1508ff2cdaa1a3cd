/** How often everything is measured; the median of an odd number is one that was seen. */
export const rounds = 7

/**
 * Measures in alternation, A B C A B C ..., so that a machine that gets busy slows all of them.
 * Each of `measures` resolves to a number. Resolves to the lists of numbers, under the same names.
 */
export async function alternate(measures, times = rounds) {
  const seen = Object.fromEntries(Object.keys(measures).map((name) => [name, []]))
  for (let round = 0; round < times; round += 1) {
    for (const [name, measure] of Object.entries(measures)) seen[name].push(await measure(round))
  }
  return seen
}

export function median(numbers) {
  return [...numbers].sort((a, b) => a - b)[Math.floor(numbers.length / 2)]
}

export function mediansOf(seen) {
  return Object.fromEntries(Object.entries(seen).map(([name, numbers]) => [name, median(numbers)]))
}
