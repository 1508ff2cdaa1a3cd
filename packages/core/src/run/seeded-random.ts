import type { Random } from '@squall/contract'

/**
 * A generator of chance that is a function of its seed and purpose alone: sfc32 over a 128-bit FNV-1a hash. The same
 * words give the same numbers on every machine.
 */
export function seededRandom(...words: readonly (string | number)[]): Random {
  const text = JSON.stringify(words)
  let [a, b, c, d] = [0x811c9dc5, 0x9e3779b9, 0x243f6a88, 0xb7e15162].map((basis) => hash(text, basis)) as [
    number,
    number,
    number,
    number,
  ]
  const next = (): number => {
    const sum = (a + b + d) | 0
    d = (d + 1) | 0
    a = b ^ (b >>> 9)
    b = (c + (c << 3)) | 0
    c = (((c << 21) | (c >>> 11)) + sum) | 0
    return (sum >>> 0) / 4_294_967_296
  }
  for (let warmUp = 0; warmUp < 12; warmUp += 1) next()
  return { next }
}

function hash(text: string, basis: number): number {
  let value = basis
  for (let index = 0; index < text.length; index += 1) {
    value = Math.imul(value ^ text.charCodeAt(index), 0x01000193)
  }
  return value | 0
}
