import { jsonText } from '@squall/contract'
import { describe, expect, it } from 'vitest'
import { parseText } from './parse-text.ts'

async function read(text: string): Promise<unknown> {
  return parseText(text, 'yaml', 'file.yaml')
}

// Every expectation is what PyYAML 6's safe loader reads; dates in the form the reference's journal gives them.
describe('scalars of YAML 1.1 (spec 29.1)', () => {
  it.each([
    { text: 'yes', value: true },
    { text: 'Yes', value: true },
    { text: 'YES', value: true },
    { text: 'on', value: true },
    { text: 'True', value: true },
    { text: 'no', value: false },
    { text: 'Off', value: false },
    { text: 'FALSE', value: false },
    { text: 'y', value: 'y' },
    { text: 'n', value: 'n' },
    { text: 'tRue', value: 'tRue' },
    { text: '~', value: null },
    { text: '', value: null },
    { text: 'null', value: null },
    { text: 'NULL', value: null },
    { text: 'nUll', value: 'nUll' },
    { text: '12', value: 12 },
    { text: '+12', value: 12 },
    { text: '-12', value: -12 },
    { text: '012', value: 10 },
    { text: '-012', value: -10 },
    { text: '00', value: 0 },
    { text: '08', value: '08' },
    { text: '0o14', value: '0o14' },
    { text: '0x1F', value: 31 },
    { text: '0b101', value: 5 },
    { text: '1_000', value: 1000 },
    { text: '_1', value: '_1' },
    { text: '12:30', value: 750 },
    { text: '1:30', value: 90 },
    { text: '-1:30', value: -90 },
    { text: '1:90', value: '1:90' },
    { text: '190:20:30', value: 685230 },
    { text: '1.0', value: 1 },
    { text: '1.', value: 1 },
    { text: '.5', value: 0.5 },
    { text: '-.5', value: '-.5' },
    { text: '+.5', value: '+.5' },
    { text: '1e3', value: '1e3' },
    { text: '12e03', value: '12e03' },
    { text: '1.5e3', value: '1.5e3' },
    { text: '1.5e+3', value: 1500 },
    { text: '1.5e-3', value: 0.0015 },
    { text: '1_0.5', value: 10.5 },
    { text: '1:30.5', value: 90.5 },
    { text: '.inf', value: Number.POSITIVE_INFINITY },
    { text: '-.INF', value: Number.NEGATIVE_INFINITY },
    { text: '.nan', value: Number.NaN },
    { text: '1.2.3', value: '1.2.3' },
    { text: '.', value: '.' },
    { text: '"yes"', value: 'yes' },
    { text: "'12'", value: '12' },
    { text: '!!str 12', value: '12' },
    { text: '!!int "12"', value: 12 },
    { text: '!!float "1.5"', value: 1.5 },
    { text: '!!binary aGk=', value: 'hi' },
    { text: '${n}', value: '${n}' },
  ])('$text', async ({ text, value }) => {
    expect(JSON.stringify(await read(`key: ${text}`))).toBe(JSON.stringify({ key: value }))
  })

  it.each([
    { text: '1.0', written: '1.0' },
    { text: '1.', written: '1.0' },
    { text: '-0.0', written: '-0.0' },
    { text: '1_000.0', written: '1000.0' },
    { text: '1.5e+3', written: '1500.0' },
    { text: '1.0e+16', written: '1e+16' },
    { text: '1:30.0', written: '90.0' },
    { text: '12345678901234567890', written: '12345678901234567890' },
    { text: '-0xFFFFFFFFFFFFFFFFF', written: '-295147905179352825855' },
    { text: '0777777777777777777777', written: '9223372036854775807' },
    { text: '.inf', written: 'Infinity' },
    { text: '-.INF', written: '-Infinity' },
    { text: '.NaN', written: 'NaN' },
    { text: '!!float 3', written: '3.0' },
    { text: '[1.0, {a: 2.0}]', written: '[1.0,{"a":2.0}]' },
  ])('$text is written $written', async ({ text, written }) => {
    expect(jsonText(await read(`key: ${text}`))).toBe(`{"key":${written}}`)
  })

  it('a number with a text of its own may stand behind an anchor', async () => {
    expect(jsonText(await read('a: &n 1.0\nb: *n\nc: &m {x: 2.0}\nd: {<<: *m, y: *n}'))).toBe(
      '{"a":1.0,"b":1.0,"c":{"x":2.0},"d":{"x":2.0,"y":1.0}}',
    )
  })

  it.each([
    { text: '2020-01-02', value: '2020-01-02' },
    { text: '2020-1-2', value: '2020-1-2' },
    { text: '2020-01-02T03:04', value: '2020-01-02T03:04' },
    { text: '2001-12-14 21:59:43', value: '2001-12-14T21:59:43' },
    { text: '2001-12-15 2:59:43.10', value: '2001-12-15T02:59:43.100000' },
    { text: '2001-12-14T21:59:43Z', value: '2001-12-14T21:59:43+00:00' },
    { text: '2001-12-14T21:59:43.000Z', value: '2001-12-14T21:59:43+00:00' },
    { text: '2001-12-14t21:59:43.10-05:00', value: '2001-12-14T21:59:43.100000-05:00' },
    { text: '2001-12-14 21:59:43.10 -5', value: '2001-12-14T21:59:43.100000-05:00' },
    { text: '2001-12-14 21:59:43.5 +01:00', value: '2001-12-14T21:59:43.500000+01:00' },
    { text: '2001-12-14 21:59:43.123456789 Z', value: '2001-12-14T21:59:43.123456+00:00' },
  ])('the date $text', async ({ text, value }) => {
    expect(await read(`key: ${text}`)).toEqual({ key: value })
  })
})

describe('documents of YAML 1.1', () => {
  it.each([
    {
      name: 'merge keys',
      text: 'a: &a {x: 1, y: 1}\nb:\n  <<: *a\n  y: 2',
      value: { a: { x: 1, y: 1 }, b: { x: 1, y: 2 } },
    },
    {
      name: 'several merged at once, the first wins',
      text: 'b: {<<: [{x: 1}, {x: 2, y: 2}]}',
      value: { b: { x: 1, y: 2 } },
    },
    { name: 'anchors and aliases', text: 'a: &a [1]\nb: *a', value: { a: [1], b: [1] } },
    { name: 'the last of two equal keys wins', text: 'a: 1\na: 2', value: { a: 2 } },
    {
      name: 'keys become texts',
      text: '{1: a, yes: b, ~: c, 1.5: d, n: e}',
      value: { 1: 'a', true: 'b', null: 'c', 1.5: 'd', n: 'e' },
    },
    { name: 'an empty file is null', text: '', value: null },
    { name: 'so is one of comments', text: '# nothing\n---\n', value: null },
    { name: 'a list is a list', text: '- 1\n- 2', value: [1, 2] },
    { name: 'a byte order mark is nothing', text: '\uFEFFa: 1', value: { a: 1 } },
  ])('$name', async ({ text, value }) => {
    expect(await read(text)).toEqual(value)
  })

  it('keeps a key called __proto__', async () => {
    expect(JSON.stringify(await read('{__proto__: {a: 1}, constructor: 2}'))).toBe(
      '{"__proto__":{"a":1},"constructor":2}',
    )
  })
})

describe('what PyYAML refuses', () => {
  it.each([
    { text: 'a: 2020-13-01', says: 'no such date as 2020-13-01' },
    { text: 'a: 2020-02-30', says: 'no such date as 2020-02-30' },
    { text: 'a: 2020-01-02 25:00:00', says: 'no such date' },
    { text: 'a: 1\n---\nb: 2', says: 'several YAML documents' },
    { text: 'a:\n\tb: 1', says: 'f.yaml:2:1' },
    { text: 'url: {{ host }}', says: 'f.yaml:1:6: a key must be a text' },
    { text: 'a: *nobody', says: 'unidentified alias' },
    { text: 'a: &a [*a]', says: 'contains itself' },
    { text: 'a: !!python/object/apply:os.system [x]', says: 'unknown tag' },
    { text: 'a: !mine b', says: 'unknown tag' },
    { text: 'a: b: c', says: 'f.yaml:1:5' },
    { text: 'a: @b', says: 'f.yaml:1:4' },
  ])('$text', async ({ text, says }) => {
    await expect(parseText(text, 'yaml', 'f.yaml')).rejects.toThrow(says)
  })
})

describe('documents, as PyYAML reads them', () => {
  it.each([
    { text: 'a: 1\na: 2', json: '{"a":2}' },
    { text: '{a: 1, a: 2, b: 3}', json: '{"a":2,"b":3}' },
    { text: 'x: &x {a: 1, b: 2}\ny: {<<: *x, b: 3}', json: '{"x":{"a":1,"b":2},"y":{"a":1,"b":3}}' },
    {
      text: 'x: &x {a: 1}\nz: &z {a: 2, c: 3}\ny: {<<: [*x, *z]}',
      json: '{"x":{"a":1},"z":{"a":2,"c":3},"y":{"a":1,"c":3}}',
    },
    { text: '1: a\ntrue: b\nnull: c\n1.0: d', json: '{"1":"a","true":"b","null":"c","1.0":"d"}' },
    { text: '---\na: 1\n...\n', json: '{"a":1}' },
    { text: '\ufeffa: 1\r\nb: 2\r\n', json: '{"a":1,"b":2}' },
    { text: 'on: push', json: '{"true":"push"}' },
  ])('$text', async ({ text, json }) => {
    expect(jsonText(await parseText(text, 'yaml', 'f.yaml'))).toBe(json)
  })
})
