import { describe, expect, it } from 'vitest'
import { compareDecimals, type Decimal, decimalFromNumber, decimalFromText } from './decimal.ts'

function decimalOf(value: number | string): Decimal {
  const decimal = typeof value === 'string' ? decimalFromText(value) : decimalFromNumber(value)
  if (!decimal) throw new Error(`${value} is no decimal.`)
  return decimal
}

// As `Decimal(left)` compares with `Decimal(right)` in Python: a text by its digits, a float by its exact value.
describe('exact comparison', () => {
  it.each<{ left: number | string; sign: -1 | 0 | 1; right: number | string }>([
    { left: '0.3', sign: 1, right: 0.3 },
    { left: '0.1', sign: -1, right: 0.1 },
    { left: 0.1, sign: 1, right: '0.1' },
    { left: '0.5', sign: 0, right: 0.5 },
    { left: '3', sign: 0, right: 3 },
    { left: '3.000', sign: 0, right: '3' },
    { left: '1e3', sign: 0, right: 1000 },
    { left: '-1E-2', sign: 0, right: '-0.01' },
    { left: '42\n', sign: 0, right: 42 },
    { left: ' 4_2 ', sign: 0, right: 42 },
    { left: '.5', sign: 0, right: '5e-1' },
    { left: '5.', sign: 0, right: 5 },
    { left: -1, sign: -1, right: 1 },
    { left: '9007199254740993', sign: 1, right: 2 ** 53 },
    { left: 5e-324, sign: 1, right: 0 },
    { left: '1e400', sign: 1, right: Number.MAX_VALUE },
    { left: Number.POSITIVE_INFINITY, sign: 1, right: '1e400' },
    { left: Number.NEGATIVE_INFINITY, sign: -1, right: -1 },
    { left: Number.POSITIVE_INFINITY, sign: 0, right: Number.POSITIVE_INFINITY },
  ])('$left against $right: $sign', ({ left, sign, right }) => {
    expect(Math.sign(compareDecimals(decimalOf(left), decimalOf(right)))).toBe(sign)
    expect(Math.sign(compareDecimals(decimalOf(right), decimalOf(left)))).toBe(sign === 0 ? 0 : -sign)
  })
})

it.each(['', ' ', '.', '-', 'abc', '1,5', '0x10', '1e', '1 2', '3.5ms'])(
  'the text %j is no number',
  (text) => {
    expect(decimalFromText(text)).toBeUndefined()
  },
)

it('NaN is no number', () => {
  expect(decimalFromNumber(Number.NaN)).toBeUndefined()
})
