import { describe, expect, it } from 'vitest'
import { jsonText, parseJson } from './json-text.ts'
import { numberTextAt } from './number-text.ts'
import { pythonText } from './python-text.ts'

// What `json.dumps(json.loads(text))` writes in Python 3.11, but for the zeros of `1e-05`.
describe('a number keeps the form that Python gives it', () => {
  it.each([
    { text: '[1]', again: '[1]' },
    { text: '[1.0]', again: '[1.0]' },
    { text: '[1.50]', again: '[1.5]' },
    { text: '[-0.0]', again: '[-0.0]' },
    { text: '[-0]', again: '[0]' },
    { text: '[1e3, 1E+3, 1.0e3]', again: '[1000.0,1000.0,1000.0]' },
    { text: '[1e-3, 1e-5, 0.00001]', again: '[0.001,0.00001,0.00001]' },
    { text: '[1e15, 1e16, 1e22, 1.5e300]', again: '[1000000000000000.0,1e+16,1e+22,1.5e+300]' },
    { text: '[123456789012345678901234567890]', again: '[123456789012345678901234567890]' },
    { text: '[9007199254740993, 9007199254740992]', again: '[9007199254740993,9007199254740992]' },
    { text: '[-12345678901234567890.5]', again: '[-1.2345678901234567e+19]' },
    { text: '[0.1000000000000000055]', again: '[0.1]' },
    { text: '[NaN, Infinity, -Infinity, 1e999]', again: '[NaN,Infinity,-Infinity,Infinity]' },
    { text: '{"a": {"b": [2.0, "2.0"]}}', again: '{"a":{"b":[2.0,"2.0"]}}' },
    { text: '["1.0, NaN", "\\u00e9 \\"1e5\\""]', again: '["1.0, NaN","é \\"1e5\\""]' },
    { text: '{"__proto__": 1.0}', again: '{"__proto__":1}' },
  ])('$text', ({ text, again }) => {
    expect(jsonText(parseJson(text))).toBe(again)
  })

  it('with two blanks of indentation, as a journal is written', () => {
    const value = parseJson('{"a": [1.0, {}], "b": [], "c": {"d": null}}')
    expect(jsonText(value, 2)).toBe(
      '{\n  "a": [\n    1.0,\n    {}\n  ],\n  "b": [],\n  "c": {\n    "d": null\n  }\n}',
    )
  })

  it('leaves out what is undefined, as JSON.stringify does', () => {
    expect(jsonText({ a: undefined, b: [undefined], c: 1 })).toBe('{"b":[null],"c":1}')
  })
})

describe('the values are plain numbers', () => {
  it('that compute and compare as ever', () => {
    const value = parseJson('{"a": 1.0, "b": [Infinity]}') as { a: number; b: number[] }
    expect(value.a + 1).toBe(2)
    expect(value.b[0]).toBe(Number.POSITIVE_INFINITY)
  })

  it('and their text goes when another value takes the place', () => {
    const value = parseJson('{"a": 1.0, "b": 2.0}') as { a: number; b: number }
    value.a = 5
    expect(jsonText({ ...value, c: 3 })).toBe('{"a":5,"b":2.0,"c":3}')
    expect(numberTextAt(value, 'a')).toBeUndefined()
  })

  it('and are written as Python writes them into a text', () => {
    expect(
      pythonText(parseJson('{"n": [1.0, 1e16, NaN, 12345678901234567890], "k": {"x": -Infinity}}')),
    ).toBe("{'n': [1.0, 1e+16, nan, 12345678901234567890], 'k': {'x': -inf}}")
  })
})

describe('what is not JSON is refused', () => {
  it.each([
    '{NaN: 1}',
    '{1.0: 2}',
    '[01.0]',
    '[1.0.0]',
    '[+1.0]',
    '[1.0 2.0]',
    '[.5, 1.0]',
    '[1.0',
    'NaNa',
    '[1.]',
  ])('%s', (text) => {
    expect(() => parseJson(text)).toThrow(SyntaxError)
  })
})
