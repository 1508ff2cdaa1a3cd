import fc from 'fast-check'
import { expect, it } from 'vitest'
import { parseText } from './parse-text.ts'
import { yamlText } from './yaml-text.ts'

it.each([
  ...['yes', 'n', 'on', '010', '1:30', '1_000', '2026-01-02', '2026-01-02 03:04:05', '~', '', ' a', 'a: b'],
  ...['# no', '- x', '1e3', '0x1f', '.5', 'null', '=', '<<', '!tag', '&a', '*a', '%x', '@x', 'two\nlines\n'],
])('a text such as %j stays a text', async (text) => {
  const written = await yamlText({ key: text, [text]: 1 })
  expect(await parseText(written, 'yaml', 'x.yaml')).toEqual({ key: text, [text]: 1 })
})

it('is read again as what was written', async () => {
  const values = fc.jsonValue({ noUnicodeString: false }).filter((value) => !hasNegativeZero(value))
  await fc.assert(
    fc.asyncProperty(values, async (value) => {
      const written = await yamlText({ value: value as never })
      expect(await parseText(written, 'yaml', 'x.yaml')).toEqual({ value })
    }),
    { seed: 42, numRuns: 300 },
  )
})

/** JSON has none either. */
function hasNegativeZero(value: unknown): boolean {
  if (Object.is(value, -0)) return true
  return typeof value === 'object' && value !== null && Object.values(value).some(hasNegativeZero)
}
