import { readFile } from 'node:fs/promises'
import { describe, expect, it } from 'vitest'
import { errorTable } from '../../packages/contract/src/index.ts'
import { errorPage } from '../../scripts/house/error-page.mjs'

it('docs/errors.md says what the error table says', async () => {
  const onDisk = await readFile(new URL('../../docs/errors.md', import.meta.url), 'utf8')
  expect(onDisk, 'run: node scripts/error-docs.mjs').toBe(errorPage(errorTable))
})

describe('each code', () => {
  it.each(Object.entries(errorTable))('%s has a message with its fields, and a hint', (code, entry) => {
    const { hint } = entry
    const [, section = ''] = errorPage(errorTable).split(`## ${code}\n\n`)
    const [, message] = section.split('\n')
    expect(message).toMatch(fieldsOf(entry.message).length > 0 ? /<\w+>/ : /^[^<]+$/)
    expect(message).not.toMatch(/undefined|\[object/)
    expect(hint).toMatch(/\.$/)
  })
})

/** The fields that a message asks for. */
function fieldsOf(message: (fields: never) => string): string[] {
  const asked: string[] = []
  const fields = new Proxy({}, { get: (_fields, name) => asked.push(String(name)) })
  message(fields as never)
  return asked
}
