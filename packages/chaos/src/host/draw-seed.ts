import { randomInt } from 'node:crypto'

/** A seed nobody chose, short enough to be typed. */
export function drawSeed(): number {
  return randomInt(2 ** 31)
}
