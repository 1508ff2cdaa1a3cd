import { readdir, readFile, truncate, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { expect, it } from 'vitest'
import type { ChaosEvent } from '../src/events/chaos-event.ts'
import { freshState, type StoredState } from '../src/index.ts'
import { ChaosStore } from '../src/store/chaos-store.ts'
import { scratchFolder } from './scratch-folder.ts'

const everything = { start: 0n, end: 10n ** 18n, maxResults: 0 }

function waiting(ticks: number): ChaosEvent {
  return { kind: 'Waiting', reason: `number ${ticks}`, ticks: String(ticks) }
}

function stateAt(ticks: number): StoredState {
  return { ...freshState(1, String(ticks)), nextIterationAt: ticks }
}

/** Writes so many steps of one event each. */
async function fill(folder: string, count: number, options: { segmentRecords?: number } = {}): Promise<void> {
  const { store } = await ChaosStore.open(folder, options)
  for (let ticks = 1; ticks <= count; ticks++) await store.write([waiting(ticks)], stateAt(ticks))
  await store.close()
}

it('gives back the events and the state it was given', async () => {
  const folder = await scratchFolder()
  await fill(folder, 5)
  const { store, found } = await ChaosStore.open(folder)
  expect(found).toEqual({ state: stateAt(5) })
  expect(store.book.page(everything).events).toEqual([1, 2, 3, 4, 5].map(waiting))
  await store.close()
})

it('holds a part that fits together, wherever the file ends', { timeout: 120_000 }, async () => {
  const folder = await scratchFolder()
  await fill(folder, 4)
  const file = path.join(folder, '000001.log')
  const whole = await readFile(file)
  let most = 0
  for (let size = 0; size <= whole.length; size++) {
    await writeFile(file, whole)
    await truncate(file, size)
    const { store, found } = await ChaosStore.open(folder)
    const count = store.book.size
    expect(store.book.page(everything).events).toEqual([1, 2, 3, 4].slice(0, count).map(waiting))
    expect(found).toEqual(count === 0 ? {} : { state: stateAt(count) })
    expect(count).toBeGreaterThanOrEqual(most)
    most = count
    await store.close()
  }
  expect(most).toBe(4)
})

it('goes on writing behind a torn end', async () => {
  const folder = await scratchFolder()
  await fill(folder, 3)
  const file = path.join(folder, '000001.log')
  const whole = await readFile(file)
  await truncate(file, whole.length - 100)
  const first = await ChaosStore.open(folder)
  const count = first.store.book.size
  expect(count).toBeLessThan(4)
  await first.store.write([waiting(9)], stateAt(9))
  await first.store.close()
  const { store, found } = await ChaosStore.open(folder)
  expect(found).toEqual({ state: stateAt(9) })
  expect(store.book.last).toEqual(waiting(9))
  await store.close()
})

it('loses the state, not the events, to damage in the middle, and is whole again afterwards', async () => {
  const folder = await scratchFolder()
  await fill(folder, 4)
  const file = path.join(folder, '000001.log')
  const text = await readFile(file, 'utf8')
  await writeFile(file, text.replace('number 2', 'number X'))
  const first = await ChaosStore.open(folder)
  expect(first.found.damage).toContain('does not match its checksum')
  expect(first.found.state).toBeUndefined()
  expect(first.store.book.page(everything).events).toEqual([1, 3, 4].map(waiting))
  await first.store.write([waiting(7)], stateAt(7))
  await first.store.close()
  const second = await ChaosStore.open(folder)
  expect(second.found).toEqual({ state: stateAt(7) })
  await second.store.close()
})

it('deletes old events with their files, and keeps the state', async () => {
  const folder = await scratchFolder()
  await fill(folder, 50, { segmentRecords: 10 })
  expect(await readdir(folder)).toHaveLength(5)
  const { store } = await ChaosStore.open(folder, { maxEvents: 15, segmentRecords: 10 })
  expect(await store.cleanUp()).toBe(35)
  expect(await store.cleanUp()).toBe(0)
  await store.write([waiting(51)], stateAt(51))
  await store.close()
  expect(await readdir(folder)).toHaveLength(3)
  const again = await ChaosStore.open(folder, { maxEvents: 15 })
  expect(again.found).toEqual({ state: stateAt(51) })
  expect(again.store.book.size).toBe(16)
  expect(again.store.book.first).toEqual(waiting(36))
  await again.store.close()
})

it('reads a page of 100 from 25,000 events in less than a millisecond', async () => {
  const folder = await scratchFolder()
  const { store } = await ChaosStore.open(folder)
  const events = Array.from({ length: 25_000 }, (_, at) => waiting(at + 1))
  await store.write(events, stateAt(25_000))
  const times = Array.from({ length: 101 }, (_, at) => {
    const began = performance.now()
    const page = store.book.page({ start: BigInt(at * 240), end: 10n ** 18n, maxResults: 0 })
    expect(page.events).toHaveLength(100)
    return performance.now() - began
  })
  expect(times.sort((a, b) => a - b)[50]).toBeLessThan(1)
  await store.close()
})
