import { writeFile } from 'node:fs/promises'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { scratchFolder } from '../../test/scratch-folder.ts'
import { loadSettings } from './load-settings.ts'

const folder = await scratchFolder()

async function fileOf(name: string, text: string): Promise<string> {
  const file = path.join(folder, name)
  await writeFile(file, text)
  return file
}

describe('loadSettings (spec 19)', () => {
  it('keeps every key, later files over earlier ones', async () => {
    const first = await fileOf('first.yaml', 'runtime: {rollbacks: {strategy: always}}\nmine: [1, yes]')
    const second = await fileOf('second.yaml', 'runtime: {hypothesis: {strategy: skip}}')
    expect(await loadSettings([first, second])).toEqual({
      runtime: { hypothesis: { strategy: 'skip' } },
      mine: [1, true],
    })
  })

  it.each([
    { name: 'a missing file', text: undefined },
    { name: 'an empty file', text: '' },
    { name: 'a file of comments', text: '# nothing yet\n' },
  ])('$name is no settings', async ({ name, text }) => {
    const file = text === undefined ? path.join(folder, 'missing.yaml') : await fileOf(`${name}.yaml`, text)
    expect(await loadSettings([file])).toEqual({})
  })

  it.each([
    { name: 'a list', text: '- 1', says: 'holds no object' },
    { name: 'a text', text: 'hello', says: 'holds no object' },
    { name: 'no YAML', text: 'a: [', says: 'is not YAML' },
    { name: 'an anchor that contains itself', text: 'a: &a [*a]', says: 'an anchor contains itself' },
  ])('$name is refused', async ({ name, text, says }) => {
    const file = await fileOf(`${name}.yaml`, text)
    await expect(loadSettings([file])).rejects.toMatchObject({
      code: 'SQUALL_SETTINGS_INVALID',
      message: expect.stringContaining(says),
    })
  })

  it('a file that is not YAML is told and ignored where somebody listens', async () => {
    const file = await fileOf('broken.yaml', 'a: [')
    const told: string[] = []
    expect(await loadSettings([file], { onIgnored: ({ message }) => told.push(message) })).toEqual({})
    expect(told).toEqual([expect.stringContaining('is not YAML')])
  })

  it('but not one that may protect something', async () => {
    const file = await fileOf('protecting.yaml', 'protect: {ports: [5432]\na: [')
    await expect(loadSettings([file], { onIgnored: () => undefined })).rejects.toMatchObject({
      code: 'SQUALL_SETTINGS_INVALID',
    })
  })
})
