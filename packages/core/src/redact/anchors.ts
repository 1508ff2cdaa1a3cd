import { base64Digits } from './base64.ts'

/** Shorter ones would stand everywhere. */
const shortest = 3
const longest = 24

/**
 * Letters and digits that stand in a text wherever a value does, whatever its form: no encoding changes them. A quick
 * search for these tells whether a closer look is worth its time. Undefined when a value has none.
 */
export function anchorsOf(values: readonly string[]): readonly string[] | undefined {
  const found: string[] = []
  for (const [at, value] of values.entries()) {
    const plain = longestRun(value)
    const base64 = at > 0 ? [] : base64Digits(value).map(halfAnchors)
    if (plain === undefined || base64.some((anchors) => anchors.length === 0)) return undefined
    found.push(plain, ...base64.flat())
  }
  return [...new Set(found)]
}

/** A line end may stand in the middle of a base64 text, so there is an anchor before and one behind it. */
function halfAnchors(digits: string): string[] {
  const near = digits.slice(0, 2 * longest)
  const middle = Math.ceil(near.length / 2)
  const halves = [near.slice(0, middle), near.slice(middle)].map(longestRun)
  return halves.some((half) => half === undefined) ? [] : halves.flatMap((half) => half ?? [])
}

function longestRun(text: string): string | undefined {
  const runs = text.match(/[a-z0-9]+/gi) ?? []
  const best = runs.reduce((long, run) => (run.length > long.length ? run : long), '')
  return best.length < shortest ? undefined : best.slice(0, longest)
}
