import { mkdir, readdir, readFile, stat, writeFile } from 'node:fs/promises'
import path from 'node:path'
import type { Journal } from '@squall/contract'
import { expect, it } from 'vitest'
import { scratchFolder } from '../../test/scratch-folder.ts'
import { writeJournal } from './write-journal.ts'

const folder = await scratchFolder()
const journal = { status: 'completed', title: 'Größe 😀', run: [{ output: [1] }] } as unknown as Journal

it('writes two spaces, letters as they are, keys in order', async () => {
  const file = path.join(folder, 'new', 'folders', 'journal.json')
  writeJournal(journal, file)
  expect(await readFile(file, 'utf8')).toBe(`${JSON.stringify(journal, null, 2)}\n`)
  expect(await readFile(file, 'utf8')).toContain('"title": "Größe 😀"')
})

it('replaces an older one and leaves nothing beside it', async () => {
  const place = path.join(folder, 'again')
  await mkdir(place)
  await writeFile(path.join(place, 'journal.json'), 'an older one')
  writeJournal(journal, path.join(place, 'journal.json'))
  expect(await readdir(place)).toEqual(['journal.json'])
  expect((await stat(path.join(place, 'journal.json'))).mode & 0o077).toBe(0)
})

it('says why it cannot', async () => {
  await writeFile(path.join(folder, 'file'), '')
  const file = path.join(folder, 'file', 'journal.json')
  expect(() => writeJournal(journal, file)).toThrow(
    expect.objectContaining({ code: 'SQUALL_JOURNAL_UNWRITABLE', message: expect.stringContaining(file) }),
  )
})
