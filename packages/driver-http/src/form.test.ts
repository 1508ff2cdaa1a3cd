import { describe, expect, it } from 'vitest'
import { formText } from './form.ts'
import { jsonText } from './json-text.ts'

describe('formText writes as Python requests does', () => {
  it.each([
    [{ a: [1, [2, null, 'x y'], null], b: { k: 1, l: 2 } }, 'a=1&a=2&a=None&a=x+y&b=k&b=l'],
    [{ c: true, d: 1.5, e: null, 'g g': 1e-7 }, 'c=True&d=1.5&g+g=1e-07'],
    [{ f: "é&=+/~*()'!" }, 'f=%C3%A9%26%3D%2B%2F~%2A%28%29%27%21'],
    [
      [
        ['a', 1],
        ['a', [2, 3]],
      ],
      'a=1&a=2&a=3',
    ],
    [{ a: null }, ''],
    [{ a: '' }, 'a='],
    [{ x: [[]] }, ''],
    [{ x: [{ q: 1 }] }, 'x=q'],
  ])('%j', (args, form) => {
    expect(formText(args)).toBe(form)
  })

  it.each([[['abc']], [[['a', 1, 2]]], [5]])('but not %j', (args) => {
    expect(() => formText(args)).toThrow('an object, a text or a list of [name, value]')
  })
})

describe('jsonText writes as Python json does', () => {
  it.each([
    [
      { a: [1, [2, null, 'x y'], null], b: { k: 1 }, c: true },
      '{"a": [1, [2, null, "x y"], null], "b": {"k": 1}, "c": true}',
    ],
    ['é日\u{1f600}\u007f"\n', '"\\u00e9\\u65e5\\ud83d\\ude00\\u007f\\"\\n"'],
    [{}, '{}'],
    [[], '[]'],
    [1.5, '1.5'],
    [[0.00001, 1e-7, 1e22], '[1e-05, 1e-07, 1e+22]'],
  ])('%j', (value, json) => {
    expect(jsonText(value)).toBe(json)
    expect(JSON.parse(json)).toEqual(value)
  })
})
