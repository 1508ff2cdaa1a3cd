import { describe, expect, it } from 'vitest'
import { pythonText } from './python-text.ts'

// Every expectation is what `str(value)` gives in Python 3.11.
describe("pythonText writes a value as Python's str()", () => {
  it.each([
    { value: 'a text is itself', text: 'a text is itself' },
    { value: '', text: '' },
    { value: true, text: 'True' },
    { value: false, text: 'False' },
    { value: null, text: 'None' },
    { value: 0, text: '0' },
    { value: -1, text: '-1' },
    { value: 1.5, text: '1.5' },
    { value: 123456.789, text: '123456.789' },
    { value: 2 ** 53, text: '9007199254740992' },
    { value: 1e100 / 3, text: '3.333333333333333e+99' },
    { value: 0.0001, text: '0.0001' },
    { value: 1e-5, text: '1e-05' },
    { value: -1.5e-7, text: '-1.5e-07' },
    { value: 1e-10, text: '1e-10' },
    { value: Number.NaN, text: 'nan' },
    { value: Number.POSITIVE_INFINITY, text: 'inf' },
    { value: Number.NEGATIVE_INFINITY, text: '-inf' },
    { value: [], text: '[]' },
    { value: [1, 'a', null, true], text: "[1, 'a', None, True]" },
    { value: {}, text: '{}' },
    { value: { k: 1, n: { m: [false] } }, text: "{'k': 1, 'n': {'m': [False]}}" },
  ])('$value is $text', ({ value, text }) => {
    expect(pythonText(value)).toBe(text)
  })
})

describe('a text inside a list is quoted', () => {
  it.each([
    { name: 'in single quotes', value: 'a', text: "'a'" },
    { name: 'in double quotes when it holds a single one', value: "it's", text: '"it\'s"' },
    { name: 'in single quotes when it holds a double one', value: 'say "x"', text: `'say "x"'` },
    { name: 'with an escape when it holds both', value: `both ' and "`, text: `'both \\' and "'` },
    { name: 'with line ends, tabs and backslashes escaped', value: 'a\nb\r\t\\', text: "'a\\nb\\r\\t\\\\'" },
    { name: 'with control characters as hex', value: '\u0000\u001b\u007f', text: "'\\x00\\x1b\\x7f'" },
    { name: 'with letters of all languages as they are', value: 'é ü 😀', text: "'é ü 😀'" },
    { name: 'with a space that is no plain one as hex', value: '\u00a0', text: "'\\xa0'" },
    {
      name: 'with invisible characters escaped',
      value: '\u200b\u2028\ue000',
      text: "'\\u200b\\u2028\\ue000'",
    },
    { name: 'with invisible characters of higher planes', value: '\u{e0001}', text: "'\\U000e0001'" },
  ])('$name', ({ value, text }) => {
    expect(pythonText([value])).toBe(`[${text}]`)
  })
})
