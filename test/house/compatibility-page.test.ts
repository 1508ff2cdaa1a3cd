import { readFileSync } from 'node:fs'
import path from 'node:path'
import { expect, it } from 'vitest'
import { here } from '../requirements.ts'

const page = readFileSync(path.join(here, '../docs/compatibility.md'), 'utf8')
const known = JSON.parse(readFileSync(path.join(here, 'compat/known-differences.json'), 'utf8')) as {
  id: string
  reason: string
}[]

function rowsBelow(title: string): string[][] {
  const [, section = ''] = page.split(`## ${title}\n`)
  const rows = section.split('\n').filter((line) => line.startsWith('|'))
  return rows.slice(2).map((row) =>
    row
      .split('|')
      .slice(1, -1)
      .map((cell) => cell.trim()),
  )
}

it('the page of differences names each case of the corpus that differs, with its reason, and no other', () => {
  const expected = known.map(({ id, reason }) => [`\`${id}\``, reason])
  expect(rowsBelow('Cases that differ').sort()).toEqual(expected.sort())
})

it('every difference has a reason', () => {
  const [, table = ''] = page.split('The differences, each with its reason:')
  const rows =
    table
      .split('\n## ')[0]
      ?.split('\n')
      .filter((line) => line.startsWith('| ')) ?? []
  const cells = rows
    .slice(2)
    .map((row) => row.split(' | ').map((cell) => cell.replace(/^\||\|$/g, '').trim()))
  expect(cells.length).toBeGreaterThan(20)
  for (const row of cells) expect(row.map((cell) => cell !== '')).toEqual([true, true, true])
})
