import { describe, expect, it } from 'vitest'
import { typeText } from './type-text.ts'

describe('the type of a JSON Schema', () => {
  it.each([
    { name: 'a text', schema: { type: 'string' }, type: 'string' },
    { name: 'a whole number', schema: { type: 'integer' }, type: 'number' },
    { name: 'one value', schema: { const: 'http' }, type: '"http"' },
    { name: 'one of several values', schema: { enum: ['a', 1] }, type: '"a" | 1' },
    { name: 'one of several types', schema: { type: ['string', 'null'] }, type: 'string | null' },
    {
      name: 'one of several schemas',
      schema: { anyOf: [{ type: 'number' }, { type: 'string' }] },
      type: 'number | string',
    },
    {
      name: 'all of several schemas',
      schema: { allOf: [{ type: 'string' }, {}] },
      type: '(string) & (unknown)',
    },
    { name: 'a list', schema: { type: 'array', items: { type: 'string' } }, type: '(string)[]' },
    {
      name: 'a pair',
      schema: { type: 'array', prefixItems: [{ type: 'string' }, {}] },
      type: '[string, unknown]',
    },
    {
      name: 'a list of numbers',
      schema: { type: 'array', items: { type: 'number' } },
      type: '(number | SquallVariable)[]',
    },
    {
      name: 'an object',
      schema: {
        type: 'object',
        required: ['a'],
        properties: { a: { type: 'string' }, b: { type: 'boolean' } },
      },
      type: '{ "a": string; "b"?: boolean | SquallVariable }',
    },
    {
      name: 'an object of texts',
      schema: { type: 'object', additionalProperties: { type: 'string' } },
      type: '{ [name: string]: string }',
    },
    {
      name: 'an empty object',
      schema: { type: 'object', additionalProperties: false },
      type: 'Record<string, never>',
    },
    { name: 'any object', schema: { type: 'object' }, type: 'Record<string, unknown>' },
    {
      name: 'a reference',
      schema: { $ref: '#/$defs/port', $defs: { port: { type: 'number' } } },
      type: 'number',
    },
    { name: 'itself', schema: { type: 'array', items: { $ref: '#' } }, type: '(unknown)[]' },
    {
      name: 'a comment',
      schema: { type: 'object', properties: { a: { type: 'string', description: 'x */ y' } } },
      type: '{ /** x * / y */ "a"?: string }',
    },
    { name: 'anything', schema: {}, type: 'unknown' },
  ])('$name', ({ schema, type }) => {
    expect(typeText(schema)).toBe(type)
  })
})
