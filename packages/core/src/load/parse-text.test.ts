import { describe, expect, it } from 'vitest'
import { parseText } from './parse-text.ts'

async function refusal(text: string, format: 'json' | 'yaml'): Promise<string> {
  const error = await parseText(text, format, `file.${format}`).catch((caught: unknown) => caught)
  expect(error).toMatchObject({ code: 'SQUALL_SOURCE_SYNTAX' })
  return (error as Error).message
}

describe('a text that is not JSON', () => {
  it.each([
    { text: '', message: 'file.json: the file is empty.' },
    { text: ' \n', message: 'file.json: the file is empty.' },
    {
      text: '{\n  "a": 1\n  "b": 2\n}',
      message: "file.json:3:3: this is not JSON: ',' is expected between two entries.",
    },
    { text: '{\n  "a" 1\n}', message: "file.json:2:7: this is not JSON: ':' is expected after a key." },
    { text: '{"a": 1,}', message: 'file.json:1:8: this is not JSON: nothing follows this comma; remove it.' },
    { text: '[1, 2', message: "file.json:1:6: this is not JSON: ']' is expected." },
    { text: '{"a": 1', message: "file.json:1:8: this is not JSON: '}' is expected." },
    {
      text: '{"a": [1,\n 2,]}',
      message: 'file.json:2:3: this is not JSON: nothing follows this comma; remove it.',
    },
    {
      text: '{\n  // why\n  "a": 1\n}',
      message: 'file.json:2:3: this is not JSON: JSON has no comments; remove it or make this a .yaml file.',
    },
    {
      text: "{'a': 1}",
      message: 'file.json:1:2: this is not JSON: this is no JSON value; texts need double quotes.',
    },
    {
      text: '{"a": True}',
      message: 'file.json:1:7: this is not JSON: this is no JSON value; texts need double quotes.',
    },
    { text: '{"a": "x', message: 'file.json:1:7: this is not JSON: this text has no closing quote.' },
    { text: '{"a": "\\q"}', message: 'file.json:1:7: this is not JSON: this is no JSON escape.' },
    {
      text: '{"a": "\\u12"}',
      message: 'file.json:1:7: this is not JSON: a \\u escape needs four hexadecimal digits.',
    },
    {
      text: '{"a": "\t"}',
      message: 'file.json:1:7: this is not JSON: this character must be escaped inside a text.',
    },
    {
      text: '{"a": 1} {}',
      message: 'file.json:1:10: this is not JSON: nothing more is expected after the end of the document.',
    },
    {
      text: '<html>',
      message: 'file.json:1:1: this is not JSON: this is no JSON value; texts need double quotes.',
    },
  ])('$message', async ({ text, message }) => {
    expect(await refusal(text, 'json')).toBe(message)
  })
})

describe('a text that is not YAML', () => {
  it.each([
    { text: 'a: [1, 2', at: 'file.yaml:1:9' },
    { text: 'a: b: c', at: 'file.yaml:1:5' },
    { text: 'a:\n\t- 1', at: 'file.yaml:2:1' },
    { text: 'a: "x', at: 'file.yaml:1:6' },
    { text: 'a: *nobody', at: 'file.yaml:1:11' },
    { text: 'a: 1\n b: 2', at: 'file.yaml:2:3' },
    { text: 'a: !!python/object:os.system x', at: 'file.yaml:1:31' },
  ])('$at', async ({ text, at }) => {
    expect(await refusal(text, 'yaml')).toMatch(new RegExp(`^${at}: this is not YAML: .+\\.$`))
  })

  it('names a second document as what it is', async () => {
    expect(await refusal('a: 1\n---\nb: 2', 'yaml')).toContain(
      'the file holds several YAML documents, an experiment is one',
    )
  })
})

describe('a document nobody can work with', () => {
  const laughs = Array.from({ length: 12 }, (_, level) => {
    const items = level === 0 ? 'x' : `*a${level - 1}`
    return `a${level}: &a${level} [${Array.from({ length: 10 }, () => items).join(', ')}]`
  })

  it.each([
    {
      name: 'an anchor that contains itself',
      text: 'a: &a [*a]',
      message: 'file.yaml: an anchor contains itself.',
    },
    {
      name: 'an anchor around the whole file',
      text: '&a {b: {c: *a}}',
      message: 'file.yaml: an anchor contains itself.',
    },
    {
      name: 'a thousand million aliases',
      text: laughs.join('\n'),
      message: 'file.yaml: its anchors multiply it beyond measure.',
    },
  ])('$name', async ({ text, message }) => {
    expect(await refusal(text, 'yaml')).toBe(message)
  })

  it('a hundred thousand lists in lists, in JSON', async () => {
    const text = `${'['.repeat(100_000)}${']'.repeat(100_000)}`
    expect(await refusal(text, 'json')).toBe('file.json: it is nested deeper than 500 levels.')
  })

  it('a hundred thousand lists that never end, in JSON', async () => {
    expect(await refusal('['.repeat(100_000), 'json')).toBe('file.json: this is not JSON.')
  })

  it('a hundred thousand lists in lists, in YAML', async () => {
    expect(await refusal(`a: ${'['.repeat(100_000)}${']'.repeat(100_000)}`, 'yaml')).toContain('nesting')
  })

  it('but a file of many aliases is fine', async () => {
    const text = `a: &a {x: 1}\nlist: [${Array.from({ length: 1000 }, () => '*a').join(', ')}]`
    expect(await parseText(text, 'yaml', 'file.yaml')).toMatchObject({ a: { x: 1 } })
  })
})

it('keeps keys that every object inherits', async () => {
  const document = await parseText('{"__proto__": 1, "constructor": 2}', 'json', 'file.json')
  expect(JSON.stringify(document)).toBe('{"__proto__":1,"constructor":2}')
})
