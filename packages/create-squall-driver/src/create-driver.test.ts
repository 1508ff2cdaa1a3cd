import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createDriver, NotCreated } from './index.ts'

let directory: string
beforeEach(async () => {
  directory = await mkdtemp(path.join(os.tmpdir(), 'create-driver-'))
})
afterEach(() => rm(directory, { recursive: true }))

describe('a new driver', () => {
  it('has every name filled in', async () => {
    const { folder } = await createDriver({ name: '@acme/flaky-disk', directory })
    const files = await filesBelow(path.join(directory, folder))
    expect(Object.keys(files)).toEqual(
      expect.arrayContaining(['.gitignore', '.github/workflows/ci.yml', 'README.md', 'test/laws.test.ts']),
    )
    expect(JSON.parse(files['package.json'] ?? '')).toMatchObject({ name: '@acme/squall-driver-flaky-disk' })
    expect(files['src/index.ts']).toContain("name: 'flaky_disk'")
    const unfilled = /driver_name|package-name|folder-name/
    expect(Object.keys(files).filter((file) => unfilled.test(files[file] ?? ''))).toEqual([])
  })

  it('leaves a folder alone that holds something', async () => {
    await createDriver({ name: 'lamps', directory })
    const readme = path.join(directory, 'squall-driver-lamps/README.md')
    await writeFile(readme, 'mine')
    await expect(createDriver({ name: 'lamps', directory })).rejects.toThrow(NotCreated)
    expect(await readFile(readme, 'utf8')).toBe('mine')
  })

  it('is not made where a file has its name', async () => {
    await writeFile(path.join(directory, 'squall-driver-lamps'), '')
    await expect(createDriver({ name: 'lamps', directory })).rejects.toThrow('is a file')
  })
})

async function filesBelow(folder: string): Promise<Record<string, string>> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true })
  const files = entries
    .filter((entry) => entry.isFile())
    .map((entry) => path.join(entry.parentPath, entry.name))
  const read = files.map(async (file) => [path.relative(folder, file), await readFile(file, 'utf8')])
  return Object.fromEntries(await Promise.all(read))
}
