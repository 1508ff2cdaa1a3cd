import { mkdir, rm, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { scratchFolder } from '../../test/scratch-folder.ts'
import { stopFileOf, stopRun, watchStopFiles } from './stop-files.ts'

beforeEach(() => {
  vi.useFakeTimers()
})
afterEach(() => {
  vi.useRealTimers()
})

it('stops once, soon after one of the files appears', async () => {
  const folder = await scratchFolder()
  const files = [path.join(folder, 'one'), path.join(folder, 'deep', 'two')]
  let stops = 0
  watchStopFiles(files, () => {
    stops += 1
  })
  vi.advanceTimersByTime(10_000)
  expect(stops).toBe(0)
  await mkdir(path.join(folder, 'deep'))
  await writeFile(path.join(folder, 'deep', 'two'), '')
  vi.advanceTimersByTime(250)
  expect(stops).toBe(1)
  vi.advanceTimersByTime(10_000)
  expect(stops).toBe(1)
})

it('stops at once when a file is there already', async () => {
  const folder = await scratchFolder()
  await stopRun(folder)
  let stops = 0
  watchStopFiles([stopFileOf(folder)], () => {
    stops += 1
  })
  expect(stops).toBe(1)
  vi.advanceTimersByTime(10_000)
  expect(stops).toBe(1)
})

it('looks no longer once that is called off', async () => {
  const folder = await scratchFolder()
  const callOff = watchStopFiles([stopFileOf(folder)], () => expect.unreachable())
  callOff()
  await stopRun(folder)
  vi.advanceTimersByTime(10_000)
  expect(vi.getTimerCount()).toBe(0)
})

it('tells when the run to be stopped has put its log away', async () => {
  const folder = await scratchFolder()
  expect(await stopRun(folder)).toBe(true)
  await rm(folder, { recursive: true })
  expect(await stopRun(folder)).toBe(false)
})
