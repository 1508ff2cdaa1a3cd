import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { driverLaws, type Scene } from '@squall/testkit'
import { describe, it } from 'vitest'
import driver from '../src/index.ts'

/** A folder with one file in it. */
async function folderWithFile(): Promise<Scene> {
  const directory = await mkdtemp(path.join(tmpdir(), 'driver_name-'))
  await writeFile(path.join(directory, 'greeting.txt'), 'hello')
  return {
    directory,
    input: { file: 'greeting.txt' },
    look: () => contentsOf(directory),
    cleanUp: () => rm(directory, { recursive: true }),
  }
}

async function contentsOf(directory: string): Promise<string[]> {
  const names = (await readdir(directory)).sort()
  const texts = names.map(async (name) => `${name}: ${await readFile(path.join(directory, name), 'utf8')}`)
  return Promise.all(texts)
}

const refuses = [
  { input: { file: 5 }, path: ['file'] },
  { input: { file: '' }, path: ['file'] },
  { input: { path: 'greeting.txt' }, path: ['file'] },
]

const laws = driverLaws(() => driver, {
  driverFile: new URL('../dist/index.js', import.meta.url),
  activities: {
    is_present: { prepare: folderWithFile, long: false, refuses },
    hide: { prepare: folderWithFile, long: false, refuses },
  },
})

describe('the driver keeps every law', () => {
  for (const law of laws) it(law.name, law.check, 30_000)
})
