/**
 * Exact decimal numbers, as Python's `Decimal` makes them: a text by its digits, a number by its exact binary value.
 * So the text "0.3" lies outside [0.1, 0.3] while the number 0.3 lies inside (spec 7, range).
 */
export interface Decimal {
  readonly digits: bigint
  /** The value is `digits * 10 ** exponent`. */
  readonly exponent: number
}

/** Returns undefined for a text that is no finite number. */
export function decimalFromText(text: string): Decimal | undefined {
  const match = /^\s*([+-]?)(\d*)(?:\.(\d*))?(?:[eE]([+-]?\d{1,4}))?\s*$/.exec(text.replaceAll('_', ''))
  if (!match) return undefined
  const [, sign, whole = '', fraction = '', exponent = '0'] = match
  if (whole === '' && fraction === '') return undefined
  const digits = BigInt(whole + fraction)
  return { digits: sign === '-' ? -digits : digits, exponent: Number(exponent) - fraction.length }
}

/** The exact value of a double; an infinite one gets an infinite exponent. Undefined for NaN. */
export function decimalFromNumber(value: number): Decimal | undefined {
  if (Number.isNaN(value)) return undefined
  if (!Number.isFinite(value)) return { digits: value < 0 ? -1n : 1n, exponent: Number.POSITIVE_INFINITY }
  if (Number.isInteger(value)) return { digits: BigInt(value), exponent: 0 }
  let mantissa = value
  let halvings = 0
  while (!Number.isInteger(mantissa)) {
    mantissa *= 2
    halvings += 1
  }
  // value = mantissa / 2^halvings = mantissa * 5^halvings / 10^halvings
  return { digits: BigInt(mantissa) * 5n ** BigInt(halvings), exponent: -halvings }
}

/** Negative when `left` is smaller, 0 when equal, positive when larger. */
export function compareDecimals(left: Decimal, right: Decimal): number {
  if (isInfinite(left) || isInfinite(right)) return infiniteSign(left) - infiniteSign(right)
  const exponent = Math.min(left.exponent, right.exponent)
  const difference =
    left.digits * 10n ** BigInt(left.exponent - exponent) -
    right.digits * 10n ** BigInt(right.exponent - exponent)
  if (difference === 0n) return 0
  return difference < 0n ? -1 : 1
}

function isInfinite({ exponent }: Decimal): boolean {
  return exponent === Number.POSITIVE_INFINITY
}

/** -1, 0 or 1 for minus infinity, a finite number, infinity. */
function infiniteSign(value: Decimal): number {
  if (!isInfinite(value)) return 0
  return value.digits < 0n ? -1 : 1
}
