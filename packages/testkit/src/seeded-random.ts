import type { Random } from '@squall/contract'

/** Makes a source of chance: equal seeds give equal numbers, on every machine. */
export function seededRandom(seed: string | number): Random {
  let state = hashOf(String(seed))
  const next = (): number => {
    // A Weyl sequence, its bits mixed by two rounds of xor-shift and multiplication.
    state = (state + 0x9e3779b9) | 0
    let mixed = Math.imul(state ^ (state >>> 16), 0x85ebca6b)
    mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35)
    return ((mixed ^ (mixed >>> 16)) >>> 0) / 2 ** 32
  }
  return { next }
}

function hashOf(text: string): number {
  return [...text].reduce(
    (hash, letter) => Math.imul(hash ^ (letter.codePointAt(0) ?? 0), 0x01000193),
    0x811c9dc5,
  )
}
