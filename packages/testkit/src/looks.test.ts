import { mkdir, mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { becomesAgain, showsHarm } from './looks.ts'
import type { Stage } from './stage.ts'

let folder: string
let file: string
beforeEach(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'squall-looks-'))
  file = path.join(folder, 'greeting.txt')
  await writeFile(file, 'hello')
})
afterEach(() => rm(folder, { recursive: true }))

/** A stage whose look fails while the file is away. */
const stage = () => ({ subject: { name: 'hide' }, look: () => readFile(file, 'utf8') }) as unknown as Stage

it('a look that fails while something is put back is followed by another', async () => {
  await rename(file, `${file}.away`)
  const back = becomesAgain(stage(), 'hello', 'After its undo')
  await rename(`${file}.away`, file)
  await expect(back).resolves.toBeUndefined()
})

it('a look that goes on failing is named with its reason', async () => {
  await rm(file)
  await expect(becomesAgain(stage(), 'hello', 'After its undo', 50)).rejects.toThrow(
    /^After its undo: the last look failed: .*ENOENT/,
  )
})

it('a look that fails has seen no harm', async () => {
  await rm(file)
  await mkdir(file)
  await expect(showsHarm(stage(), 'hello', 50)).rejects.toThrow("'look' sees no effect of 'hide'")
})
