import { describe, expect, it } from 'vitest'
import { placesOf } from './find-place.ts'
import type { SourceFormat } from './source-text.ts'

async function placeOf(
  text: string,
  format: SourceFormat,
  path: readonly (string | number)[],
): Promise<string> {
  const find = await placesOf({ source: 'file', text, format, raw: null, directory: '.' })
  const place = find(path)
  return place ? `${place.line}:${place.column}` : 'nowhere'
}

describe('in JSON', () => {
  const text = `{
  "title": "t",
  "method": [
    {"name": "a"},
    {
      "name": "b",
      "provider": {"type": "x"}
    }
  ]
}`
  it.each([
    { path: [], place: '1:1' },
    { path: ['title'], place: '2:3' },
    { path: ['method'], place: '3:3' },
    { path: ['method', 0], place: '4:5' },
    { path: ['method', 1], place: '5:5' },
    { path: ['method', 1, 'provider'], place: '7:7' },
    { path: ['method', 1, 'provider', 'type'], place: '7:20' },
    { path: ['method', 1, 'provider', 'func'], place: '7:7' },
    { path: ['method', 7], place: '3:3' },
    { path: ['description'], place: '1:1' },
  ])('$path is at $place', async ({ path, place }) => {
    expect(await placeOf(text, 'json', path)).toBe(place)
  })
})

describe('in YAML', () => {
  const text = `# a comment
title: t
base: &base
  type: x
method:
  - name: a
  -
    name: b
    provider:
      <<: *base
      func: f
  - *base
1: one
yes: two
title: again
`
  it.each([
    { path: [], place: '1:1' },
    { path: ['title'], place: '15:1' },
    { path: ['method'], place: '5:1' },
    { path: ['method', 0], place: '6:5' },
    { path: ['method', 0, 'name'], place: '6:5' },
    { path: ['method', 1, 'provider'], place: '9:5' },
    { path: ['method', 1, 'provider', 'func'], place: '11:7' },
    { path: ['method', 1, 'provider', 'type'], place: '9:5' },
    { path: ['method', 2], place: '12:5' },
    { path: ['method', 2, 'type'], place: '12:5' },
    { path: ['1'], place: '13:1' },
    { path: ['method', 7], place: '5:1' },
    { path: ['description'], place: '1:1' },
  ])('$path is at $place', async ({ path, place }) => {
    expect(await placeOf(text, 'yaml', path)).toBe(place)
  })

  it('gives no places in a file that would take seconds', async () => {
    expect(await placeOf(`title: ${'x'.repeat(600_000)}`, 'yaml', ['title'])).toBe('nowhere')
  })
})
