import type { JsonValue } from '@squall/contract'
import { describe, expect, it } from 'vitest'
import { makeVariables, substitute } from './substitute.ts'

const configuration = { n: 3, s: 'str', l: [1, 2], b: true, none: null, d: { k: 1 }, nested: '${s}' }
const secrets = {
  g: { tok: 'T', s: 'a secret of that name' },
  h: { tok: 'second', own: 'H' },
  text: 'no group',
}
const variables = makeVariables(configuration, secrets)

describe('substitute (spec 4)', () => {
  it.each<{ name: string; text: JsonValue; becomes: JsonValue }>([
    { name: 'a whole ${name} keeps the type of a number', text: '${n}', becomes: 3 },
    { name: 'a whole ${name} keeps a list', text: '${l}', becomes: [1, 2] },
    { name: 'a whole ${name} keeps an object', text: '${d}', becomes: { k: 1 } },
    { name: 'a whole ${name} keeps a boolean', text: '${b}', becomes: true },
    { name: 'a whole ${name} keeps null', text: '${none}', becomes: null },
    { name: 'a whole $name is a text', text: '$n', becomes: '3' },
    { name: 'mixed text is a text', text: 'x${n}', becomes: 'x3' },
    { name: 'two names are a text', text: '${n}${s}', becomes: '3str' },
    {
      name: 'mixed values look as in Python',
      text: '${b} ${none} ${l} ${d}',
      becomes: "True None [1, 2] {'k': 1}",
    },
    { name: 'an unknown name stays', text: '${unknown} $unknown', becomes: '${unknown} $unknown' },
    { name: 'an unknown whole name stays', text: '${unknown}', becomes: '${unknown}' },
    { name: 'a lone dollar stays', text: 'costs 5 $ or $5', becomes: 'costs 5 $ or $5' },
    { name: 'a dollar before another letter stays', text: '$ñ', becomes: '$ñ' },
    { name: 'an open brace stays', text: '${n', becomes: '${n' },
    { name: '$$ is one dollar', text: '$$n', becomes: '$n' },
    { name: '$$ hides a braced name', text: '$${n}', becomes: '${n}' },
    { name: '$$$ is a dollar and a name', text: '$$$n', becomes: '$3' },
    { name: 'a dot ends a name', text: '$n.x', becomes: '3.x' },
    { name: 'an underscore belongs to a name', text: '$n_x', becomes: '$n_x' },
    { name: 'no dots in braces', text: '${a.b}', becomes: '${a.b}' },
    { name: 'no dashes in braces', text: '${a-b}', becomes: '${a-b}' },
    { name: 'no spaces in braces', text: '${ n }', becomes: '${ n }' },
    { name: 'names are case-sensitive', text: '${N}', becomes: '${N}' },
    { name: 'what was put in is not looked at again', text: '${nested}', becomes: '${s}' },
    { name: 'nor in mixed text', text: 'is ${nested}', becomes: 'is ${s}' },
    { name: 'a secret is found by its name alone', text: '${tok}', becomes: 'T' },
    { name: 'the first group of secrets wins', text: 'is ${tok} and ${own}', becomes: 'is T and H' },
    { name: 'configuration wins over secrets', text: '${s}', becomes: 'str' },
    { name: 'a group is no variable', text: '${g}', becomes: '${g}' },
    { name: 'a secret outside a group is none either', text: '${text}', becomes: '${text}' },
    {
      name: 'inherited names are none',
      text: '${constructor} ${toString}',
      becomes: '${constructor} ${toString}',
    },
    { name: 'lists, at any depth', text: ['${n}', ['${s}']], becomes: [3, ['str']] },
    { name: 'objects, values only', text: { '${n}': '${n}' }, becomes: { '${n}': 3 } },
    { name: 'other values are kept', text: [1, true, null], becomes: [1, true, null] },
  ])('$name', ({ text, becomes }) => {
    expect(substitute(text, variables)).toEqual(becomes)
  })

  it('does not alter its input', () => {
    const input = { list: ['${n}'] }
    substitute(input, variables)
    expect(input).toEqual({ list: ['${n}'] })
  })

  it('keeps a key called __proto__', () => {
    const input = JSON.parse('{"__proto__": "${n}"}') as JsonValue
    expect(JSON.stringify(substitute(input, variables))).toBe('{"__proto__":3}')
  })

  it.each([
    { name: 'nothing declared', configuration: {}, secrets: {}, empty: true },
    { name: 'only configuration', configuration: { a: null }, secrets: {}, empty: false },
    { name: 'only a group of secrets', configuration: {}, secrets: { g: {} }, empty: false },
  ])('knows whether anything is declared: $name', (declared) => {
    expect(makeVariables(declared.configuration, declared.secrets).empty).toBe(declared.empty)
  })
})
