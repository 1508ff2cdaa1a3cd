import type { JsonValue } from '@squall/contract'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { NamedSecret } from './named-secrets.ts'
import { Redactor } from './redactor.ts'

const secret = (name: string, value: string): NamedSecret => ({ name, value, isElsewhere: true })
const value = 'pa$$ "w/o+rd'
const { references } = new Redactor([secret('db.pass', value), secret('my group.user', 'administrator')])
const base64 = (text: string): string => Buffer.from(text).toString('base64')

describe('arguments of an undo', () => {
  it.each([
    { name: 'a whole text', args: { p: value }, written: { p: { $secret: 'db.pass' } } },
    { name: 'a part of a text', args: [`x ${value} y`], written: ['x [secret db.pass] y'] },
    { name: 'a key', args: { [value]: 1 }, written: { '[secret db.pass]': 1 } },
    {
      name: 'a URL',
      args: { url: `http://administrator:${encodeURIComponent(value)}@host/` },
      written: { url: 'http://[secret my group.user]:[secret db.pass as url]@host/' },
    },
    {
      name: 'a form',
      args: { body: new URLSearchParams({ p: value }).toString() },
      written: { body: 'p=[secret db.pass as form]' },
    },
    {
      name: 'JSON',
      args: { body: JSON.stringify({ p: value }) },
      written: { body: '{"p":"[secret db.pass as json]"}' },
    },
    {
      name: 'a header',
      args: { authorization: `Basic ${base64(`u:${value}`)}` },
      written: {
        authorization: expect.stringMatching(/^Basic dT\[secret db\.pass as base64-2-\d+-\d+\](==?)?$/),
      },
    },
  ])('store a secret in $name as a reference and get it back', ({ args, written }) => {
    const concealed = references.conceal(args as JsonValue)
    expect(concealed.arguments).toEqual(written)
    expect(concealed.secrets).toContain('db.pass')
    expect(references.reveal(concealed.arguments, concealed.secrets)).toEqual(args)
  })

  it('come back whatever the secret, its form and what stands around it', () => {
    const text = fc
      .string({ unit: 'grapheme-ascii', minLength: 6, maxLength: 30 })
      .filter((each) => each.trim() === each)
    const around = fc.string({ unit: 'grapheme-ascii', maxLength: 9 })
    const write = fc.constantFrom(
      (each: string) => each,
      encodeURIComponent,
      (each: string) => new URLSearchParams({ '': each }).toString().slice(1),
      (each: string) => JSON.stringify(each).slice(1, -1),
      base64,
      (each: string) => Buffer.from(each).toString('base64url'),
    )
    fc.assert(
      fc.property(text, around, around, write, (hidden, before, after, written) => {
        const args = { [hidden]: [written(before + hidden + after)] }
        const known = new Redactor([secret('it', hidden)]).references
        const concealed = known.conceal(args)
        expect(known.reveal(concealed.arguments, concealed.secrets)).toEqual(args)
        expect(concealed.secrets).toEqual(['it'])
      }),
      { seed: 7, numRuns: 500 },
    )
  })

  it('are refused where nobody could tell later how the secret was written', () => {
    const odd = encodeURIComponent(value).replace('%2F', '/')
    expect(() => references.conceal({ odd })).toThrow("the secret 'db.pass' in a form that cannot be stored")
  })

  it('are refused where they hold what looks like a reference themselves', () => {
    expect(() => references.conceal([value, { $secret: 'db.pass' }])).toThrow(
      'cannot be stored as a reference',
    )
  })

  it('without a secret are left as they are', () => {
    const args = { $secret: 'db.pass', text: '[secret db.pass]' }
    expect(references.conceal(args)).toEqual({ arguments: args, secrets: [] })
    expect(references.reveal(args, [])).toBe(args)
  })
})

it.each([
  {
    name: 'a variable that is not set',
    missing: new Map([
      ['db.pass', "'db.pass' is read from the environment variable DB_PASS, which is not set."],
    ]),
    says: /The secret 'db\.pass' cannot be read again: .*DB_PASS/,
  },
  { name: 'nothing of that name', missing: new Map(), says: /nothing of that name is declared/ },
])('names $name when a reference cannot be resolved', ({ missing, says }) => {
  const elsewhere = new Redactor([], missing).references
  expect(() => elsewhere.reveal({ p: { $secret: 'db.pass' } }, ['db.pass'])).toThrow(says)
})
