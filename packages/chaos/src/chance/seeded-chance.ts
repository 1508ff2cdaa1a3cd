import type { Random } from '@squall/contract'

/** What a stream of chance decides. Each has numbers of its own, so none moves another. */
export type Purpose = 'choice' | 'fault waits' | 'driver kinds' | 'driver choice' | `again ${number}`

/**
 * The chance of one purpose in one iteration of a run: a function of these three alone, so that iteration 57 does not
 * depend on how much iteration 56 used up, and the same everywhere (4.6).
 */
export function chanceOf(seed: number, iteration: number, purpose: Purpose): Random {
  let [a, b, c, d] = fourWords(`${seed}/${iteration}/${purpose}`)
  // A small fast counter generator (sfc32): three words of state and a counter.
  const word = (): number => {
    const sum = (a + b + d) | 0
    d = (d + 1) | 0
    a = b ^ (b >>> 9)
    b = (c + (c << 3)) | 0
    c = (((c << 21) | (c >>> 11)) + sum) | 0
    return sum >>> 0
  }
  for (let round = 0; round < 12; round++) word()
  return { next: () => ((word() >>> 5) * 2 ** 26 + (word() >>> 6)) / 2 ** 53 }
}

function fourWords(text: string): [number, number, number, number] {
  return [hashOf(text, 1), hashOf(text, 2), hashOf(text, 3), 1]
}

/** FNV-1a, salted, its bits mixed at the end: near texts give far numbers. */
function hashOf(text: string, salt: number): number {
  let hash = Math.imul(0x811c9dc5 ^ salt, 0x9e3779b1)
  for (let at = 0; at < text.length; at++) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193)
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b)
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35)
  return hash ^ (hash >>> 16)
}
