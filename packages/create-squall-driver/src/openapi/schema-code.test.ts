import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { before, print } from '../code/code.ts'
import { DocumentNode } from './document-node.ts'
import type { Documents } from './documents.ts'
import { SampleValues } from './sample-value.ts'
import { SchemaCode } from './schema-code.ts'
import { SchemaMatch } from './schema-match.ts'

const tree = {
  type: 'object',
  required: ['name'],
  properties: { name: { type: 'string' }, kids: { type: 'array', items: { $ref: '#/tree' } } },
}
const base = {
  type: 'object',
  required: ['id'],
  properties: { id: { type: 'integer' }, note: { type: 'string' } },
}

interface Case {
  readonly name: string
  readonly schema: unknown
  readonly good: readonly unknown[]
  readonly bad: readonly unknown[]
}

const cases: readonly Case[] = [
  {
    name: 'text',
    schema: { type: 'string', minLength: 2, maxLength: 3 },
    good: ['ab', 'abc'],
    bad: ['a', 'abcd', 1, null],
  },
  { name: 'pattern', schema: { type: 'string', pattern: 'a/b[0-9]+' }, good: ['xa/b7'], bad: ['a/b'] },
  {
    name: 'pattern that no JavaScript reads',
    schema: { type: 'string', pattern: '(?P<x>a)(' },
    good: ['anything'],
    bad: [1],
  },
  { name: 'format', schema: { type: 'string', format: 'date' }, good: ['2026-01-31', 'soon'], bad: [1] },
  {
    name: 'whole number',
    schema: { type: 'integer', minimum: 2, maximum: 9, multipleOf: 3 },
    good: [3, 9],
    bad: [2, 12, 3.5, '3'],
  },
  {
    name: 'exclusive limits of 3.0',
    schema: { type: 'number', minimum: 0, exclusiveMinimum: true, maximum: 1, exclusiveMaximum: true },
    good: [0.5],
    bad: [0, 1],
  },
  {
    name: 'exclusive limits of 3.1',
    schema: { type: 'number', exclusiveMinimum: 0, exclusiveMaximum: 1 },
    good: [0.5],
    bad: [0, 1],
  },
  { name: 'truth', schema: { type: 'boolean' }, good: [true, false], bad: [0, 'true'] },
  { name: 'nullable of 3.0', schema: { type: 'string', nullable: true }, good: ['a', null], bad: [1] },
  {
    name: 'nullable enum of 3.0',
    schema: { type: 'string', enum: ['a', 'b'], nullable: true },
    good: ['a', null],
    bad: ['c'],
  },
  {
    name: 'types of 3.1',
    schema: { type: ['string', 'integer', 'null'] },
    good: ['a', 1, null],
    bad: [1.5, true],
  },
  { name: 'null', schema: { type: 'null' }, good: [null], bad: [0, ''] },
  { name: 'const', schema: { const: 'x' }, good: ['x'], bad: ['y'] },
  {
    name: 'enum of anything',
    schema: { enum: ['a', 1, null, false] },
    good: ['a', 1, null, false],
    bad: ['b', 2, true],
  },
  {
    name: 'list',
    schema: { type: 'array', items: { type: 'integer' }, minItems: 1, maxItems: 2 },
    good: [[1], [1, 2]],
    bad: [[], [1, 2, 3], ['a'], {}],
  },
  {
    name: 'list of certain items',
    schema: {
      type: 'array',
      prefixItems: [{ type: 'string' }, { type: 'integer' }],
      items: { type: 'boolean' },
      minItems: 2,
    },
    good: [
      ['a', 1],
      ['a', 1, true],
    ],
    bad: [
      ['a', 'b'],
      ['a', 1, 2],
    ],
  },
  {
    name: 'object',
    schema: base,
    good: [{ id: 1 }, { id: 1, more: true }],
    bad: [{}, { id: 'a' }, { id: 1, note: 5 }, []],
  },
  {
    name: 'closed object',
    schema: { ...base, additionalProperties: false },
    good: [{ id: 1 }],
    bad: [{ id: 1, more: true }],
  },
  {
    name: 'closed and empty',
    schema: { type: 'object', additionalProperties: false },
    good: [{}],
    bad: [{ a: 1 }],
  },
  {
    name: 'object with typed rest',
    schema: { ...base, additionalProperties: { type: 'boolean' } },
    good: [{ id: 1, more: true }],
    bad: [{ id: 1, more: 2 }],
  },
  {
    name: 'map',
    schema: { type: 'object', additionalProperties: { type: 'number' } },
    good: [{}, { a: 1 }],
    bad: [{ a: 'b' }],
  },
  {
    name: 'required without a property',
    schema: { type: 'object', required: ['a'] },
    good: [{ a: null }],
    bad: [{}],
  },
  {
    name: 'only answered',
    schema: { type: 'object', required: ['id'], properties: { id: { type: 'integer', readOnly: true } } },
    good: [{}, { id: 1 }],
    bad: [{ id: 'a' }],
  },
  {
    name: 'allOf',
    schema: {
      allOf: [{ $ref: '#/base' }, { required: ['note'] }],
      properties: { more: { type: 'boolean' } },
    },
    good: [{ id: 1, note: 'a' }],
    bad: [{ id: 1 }, { id: 1, note: 2 }, { id: 1, note: 'a', more: 1 }],
  },
  {
    name: 'oneOf',
    schema: { oneOf: [{ type: 'string' }, { $ref: '#/base' }] },
    good: ['a', { id: 1 }],
    bad: [1, {}],
  },
  { name: 'anyOf with one', schema: { anyOf: [{ type: 'string' }] }, good: ['a'], bad: [1] },
  {
    name: 'no type',
    schema: { properties: { a: { type: 'integer' } } },
    good: [{}, { a: 1 }],
    bad: [{ a: 'b' }],
  },
  { name: 'anything', schema: {}, good: [null, 1, 'a', [], {}], bad: [] },
  { name: 'true', schema: true, good: [null, {}], bad: [] },
  {
    name: 'itself',
    schema: { $ref: '#/tree' },
    good: [{ name: 'a' }, { name: 'a', kids: [{ name: 'b', kids: [] }] }],
    bad: [{}, { name: 'a', kids: [{}] }],
  },
]

describe('the zod of a schema', () => {
  it.each(cases)('accepts and refuses as it should: $name', ({ schema, good, bad }) => {
    const { zod } = made(schema)
    expect(good.filter((value) => !zod.safeParse(value).success)).toEqual([])
    expect(bad.filter((value) => zod.safeParse(value).success)).toEqual([])
  })
})

describe('the match of a schema', () => {
  it.each(cases)('says the same: $name', ({ schema, good, bad }) => {
    const { match } = made(schema)
    expect(good.filter((value) => !match(value))).toEqual([])
    expect(bad.filter((value) => match(value))).toEqual([])
  })
})

describe('the sample of a schema', () => {
  it.each(cases)('is accepted by it: $name', ({ schema }) => {
    const { zod, sample } = made(schema)
    expect(zod.safeParse(sample)).toMatchObject({ success: true })
  })

  it.each([
    { name: 'an example', schema: { type: 'string', example: 'mine' }, sample: 'mine' },
    { name: 'a default', schema: { type: 'integer', default: 7 }, sample: 7 },
    {
      name: 'no example that is wrong',
      schema: { type: 'integer', example: 'seven', default: 8 },
      sample: 8,
    },
    { name: 'the first of an enum', schema: { type: 'string', enum: ['x', 'y'] }, sample: 'x' },
  ])('is $name', ({ schema, sample }) => {
    expect(made(schema).sample).toBe(sample)
  })
})

/** A schema in a document of its own, with two others that it may refer to. */
function made(schema: unknown): { zod: z.ZodType; match: (value: unknown) => boolean; sample: unknown } {
  const value = { schema, base, tree }
  const root = DocumentNode.of({ name: 'test', path: '/test', value, place: () => 'test:1:1' })
  const target = (node: DocumentNode): DocumentNode | undefined => {
    const reference = node.get('$ref').text
    return reference === undefined ? undefined : root.get(reference.slice(2))
  }
  const documents = {
    root,
    target,
    follow: (node: DocumentNode) => target(node) ?? node,
  } as unknown as Documents
  const node = root.get('schema')
  const code = new SchemaCode(documents)
  const own = print(code.code(node))
  const others = code.definitions.map((each) => print(before(`const ${each.name} = `, each.code)))
  const zod = new Function('z', [...others, `return ${own}`].join('\n'))(z) as z.ZodType
  const match = new SchemaMatch(documents)
  return { zod, match: (each) => match.accepts(node, each), sample: new SampleValues(documents).of(node) }
}
