/** A number in [0, 1) that follows from the texts alone, so that one decision does not shift another. */
export function chanceOf(...texts: readonly (string | number)[]): number {
  return chanceStream(...texts)()
}

/** A stream of such numbers. */
export function chanceStream(...texts: readonly (string | number)[]): () => number {
  let state = hash(texts.join('\0'))
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}

function hash(text: string): number {
  let value = 0x811c9dc5
  for (let at = 0; at < text.length; at += 1) value = Math.imul(value ^ text.charCodeAt(at), 0x01000193)
  return value
}
