import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { mkdir, readdir, writeFile } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { removeLock, withLock } from './claim-lock.ts'

let folder: string
let lock: string

beforeEach(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'squall-lock-test-'))
  lock = path.join(folder, 'lock')
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

it('lets one in at a time', async () => {
  let inside = 0
  const seen: number[] = []
  const work = async () => {
    inside += 1
    seen.push(inside)
    await readdir(folder)
    inside -= 1
  }
  await Promise.all(Array.from({ length: 20 }, () => withLock(lock, work)))
  expect(seen).toEqual(Array.from({ length: 20 }, () => 1))
})

it('is free again after work that failed', async () => {
  const failing = withLock(lock, () => Promise.reject(new Error('failed inside')))
  await expect(failing).rejects.toThrow('failed inside')
  expect(await withLock(lock, async () => 'entered')).toBe('entered')
})

it('does not wait for a holder that died', async () => {
  const { pid } = spawnSync(process.execPath, ['--version'])
  await mkdir(lock)
  await writeFile(path.join(lock, `${pid}@of-the-dead@1`), '')
  expect(await withLock(lock, async () => 'entered')).toBe('entered')
  expect(await readdir(lock)).toEqual([])
})

it('does not take a later process of the same pid for the holder', async () => {
  await mkdir(lock)
  await writeFile(path.join(lock, `${process.pid}@of-an-earlier-process@1`), '')
  expect(await withLock(lock, async () => 'entered')).toBe('entered')
})

it('can be removed, and used again', async () => {
  await withLock(lock, async () => undefined)
  await removeLock(lock)
  await removeLock(lock)
  expect(await readdir(folder)).toEqual([])
  expect(await withLock(lock, async () => 'entered')).toBe('entered')
})

it('is not removed while somebody holds it', async () => {
  await withLock(lock, async () => {
    await removeLock(lock)
    expect(await readdir(lock)).toHaveLength(1)
  })
})
