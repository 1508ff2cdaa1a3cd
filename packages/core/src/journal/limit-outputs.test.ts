import { mkdir, readdir, readFile, stat, writeFile } from 'node:fs/promises'
import path from 'node:path'
import type { RunEventBody } from '@squall/contract'
import { expect, it } from 'vitest'
import { scratchFolder } from '../../test/scratch-folder.ts'
import { outputLimit } from './limit-outputs.ts'

const folder = await scratchFolder()
const large = 'x'.repeat(5000)

function completed(id: number, output: string): RunEventBody {
  return { type: 'activity-completed', id, status: 'succeeded', output, duration: 1 }
}

it('keeps what it cuts beside the journal, for its owner alone, and says where', async () => {
  const journalPath = path.join(folder, 'one.json')
  const limit = outputLimit({ maxBytes: 1024, journalPath })
  expect(limit(completed(7, large))).toMatchObject({
    output: expect.stringContaining('the whole is in one.json.outputs/7.json'),
  })
  const kept = path.join(folder, 'one.json.outputs')
  expect(JSON.parse(await readFile(path.join(kept, '7.json'), 'utf8'))).toEqual({ output: large })
  for (const each of [kept, path.join(kept, '7.json')]) expect((await stat(each)).mode & 0o077).toBe(0)
})

it('leaves what is not too large, and the disk, alone', async () => {
  const limit = outputLimit({ maxBytes: 8192, journalPath: path.join(folder, 'two.json') })
  const event = completed(1, large)
  expect(limit(event)).toBe(event)
  expect(await readdir(folder)).not.toContain('two.json.outputs')
})

it('allows a mebibyte unless told otherwise', () => {
  const limit = outputLimit({ journalPath: path.join(folder, 'three.json') })
  const fits = completed(1, 'x'.repeat(1024 * 1024 - 100))
  expect(limit(fits)).toBe(fits)
  expect(limit(completed(2, 'x'.repeat(1024 * 1024 + 1)))).not.toHaveProperty(
    'output',
    expect.stringMatching(/^x+$/),
  )
})

it.each([
  { name: 'replaces those of an earlier run', isContinued: false, left: ['4.json', 'notes.txt'] },
  {
    name: 'adds to those of the run it goes on with',
    isContinued: true,
    left: ['3.json', '4.json', 'notes.txt'],
  },
])('$name', async ({ isContinued, left }) => {
  const journalPath = path.join(folder, `earlier-${isContinued}.json`)
  const kept = `${journalPath}.outputs`
  await mkdir(kept)
  for (const name of ['3.json', 'notes.txt']) await writeFile(path.join(kept, name), 'earlier')
  outputLimit({ maxBytes: 1024, journalPath, isContinued })(completed(4, large))
  expect((await readdir(kept)).sort()).toEqual(left)
})

it('says that the rest is lost where it cannot be kept', async () => {
  await writeFile(path.join(folder, 'four.json.outputs'), 'not a folder')
  const limit = outputLimit({ maxBytes: 1024, journalPath: path.join(folder, 'four.json') })
  expect(limit(completed(1, large))).toMatchObject({ output: expect.stringMatching(/they are lost.*EEXIST/) })
})
