import { readdir, stat } from 'node:fs/promises'
import path from 'node:path'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { openEventLog, readEventLog, verifyEventLog } from '../src/index.ts'
import { scratchFolder } from './scratch-folder.ts'
import { ManualTimer, WatchedLogFiles } from './watched-log-files.ts'

const count = (to: number): number[] => Array.from({ length: to }, (_, index) => index)

it('keeps the order of the calls, whichever of them are durable, over segments and reopenings', async () => {
  const root = await scratchFolder()
  const step = fc.oneof(
    { weight: 6, arbitrary: fc.record({ do: fc.constant('append' as const), record: fc.jsonValue() }) },
    { weight: 3, arbitrary: fc.record({ do: fc.constant('durable' as const), record: fc.jsonValue() }) },
    { weight: 1, arbitrary: fc.record({ do: fc.constantFrom('flush', 'turn', 'reopen') }) },
  )
  let run = 0
  await fc.assert(
    fc.asyncProperty(
      fc.array(step, { maxLength: 40 }),
      fc.integer({ min: 1, max: 7 }),
      async (steps, size) => {
        const folder = path.join(root, String(run++))
        const files = new WatchedLogFiles()
        const expected: unknown[] = []
        const durable: Promise<void>[] = []
        let log = await openEventLog(folder, { segmentRecords: size, files })
        for (const each of steps) {
          if ('record' in each) expected.push(JSON.parse(JSON.stringify(each.record)))
          if (each.do === 'append') log.append(each.record)
          if (each.do === 'durable') durable.push(log.appendDurable(each.record))
          if (each.do === 'flush') await log.flush()
          if (each.do === 'turn') await new Promise(setImmediate)
          if (each.do !== 'reopen') continue
          await log.close()
          log = await openEventLog(folder, { segmentRecords: size, files })
        }
        await log.close()
        await Promise.all(durable)

        expect(await readEventLog(folder)).toMatchObject({ records: expected, damage: [] })
        expect(await verifyEventLog(folder)).toMatchObject({
          intact: true,
          records: expected.length,
          unsealed: 0,
        })
        expect(files).toMatchObject({ hasOverlapped: false, open: 0 })
      },
    ),
    { numRuns: 150 },
  )
})

it('continues one chain and one id over reopenings', async () => {
  const folder = path.join(await scratchFolder(), 'log')
  for (const record of count(5)) {
    await using log = await openEventLog(folder, { id: `offered ${record}`, segmentRecords: 2 })
    expect(log.id).toBe('offered 0')
    log.append(record)
  }
  expect(await readEventLog(folder)).toEqual({ id: 'offered 0', records: count(5), damage: [] })
  expect(await verifyEventLog(folder)).toMatchObject({ intact: true, records: 5 })
  expect((await readdir(folder)).sort()).toEqual(['000001.log', '000002.log', '000003.log'])
})

it('makes files and folders for their owner only', async () => {
  const folder = path.join(await scratchFolder(), 'runs', 'one')
  await using log = await openEventLog(folder)
  await log.appendDurable('a')
  expect((await stat(path.dirname(folder))).mode & 0o777).toBe(0o700)
  expect((await stat(folder)).mode & 0o777).toBe(0o700)
  expect((await stat(path.join(folder, '000001.log'))).mode & 0o777).toBe(0o600)
})

it('syncs the folders that got new entries with the first durable record, and only then', async () => {
  const root = await scratchFolder()
  const folder = path.join(root, 'runs', 'one')
  const files = new WatchedLogFiles()
  await using log = await openEventLog(folder, { files })
  log.append('buffered')
  await log.flush()
  expect([files.syncs, files.syncedFolders]).toEqual([0, []])
  await log.appendDurable('durable')
  expect(files.syncedFolders.sort()).toEqual([root, path.dirname(folder), folder])
  await log.appendDurable('again')
  expect(files.syncedFolders).toHaveLength(3)
})

it('writes buffered records after 50 ms', async () => {
  const files = new WatchedLogFiles()
  const timer = new ManualTimer()
  const folder = await scratchFolder()
  await using log = await openEventLog(folder, { files, timer: timer.start })
  log.append(1)
  log.append(2)
  expect(timer.waiting.map(({ milliseconds }) => milliseconds)).toEqual([50])
  expect((await readEventLog(folder)).records).toEqual([])
  timer.ring()
  await expect.poll(async () => (await readEventLog(folder)).records).toEqual([1, 2])
  expect(files.writes).toBe(1)
  expect(timer.waiting).toEqual([])
})

it('writes 10,000 records of 200 bytes in few writes, without waiting for the timer', async () => {
  const files = new WatchedLogFiles()
  const folder = await scratchFolder()
  const log = await openEventLog(folder, { files, timer: new ManualTimer().start })
  for (const index of count(10_000)) {
    log.append({ index, text: 'x'.repeat(180) })
    if (index % 10 === 0) await new Promise(setImmediate)
  }
  await log.close()
  expect(files.writes).toBeLessThan(50)
  expect((await readEventLog(folder)).records).toHaveLength(10_000)
})

it('writes what gathered in one turn in batches of limited size', async () => {
  const files = new WatchedLogFiles()
  const folder = await scratchFolder()
  const log = await openEventLog(folder, { files })
  for (const _ of count(50)) log.append('x'.repeat(100_000))
  await log.close()
  expect(files.writes).toBe(5)
  expect((await readEventLog(folder)).records).toHaveLength(50)
})

it('begins a new segment when the records are few but large', async () => {
  const folder = await scratchFolder()
  const log = await openEventLog(folder)
  for (const _ of count(9)) log.append('x'.repeat(4 * 1024 * 1024))
  await log.close()
  expect(await readdir(folder)).toHaveLength(2)
  expect((await readEventLog(folder)).records).toHaveLength(9)
})

it('syncs 64 durable records of one turn once', async () => {
  const files = new WatchedLogFiles()
  await using log = await openEventLog(await scratchFolder(), { files })
  await Promise.all(count(64).map((index) => log.appendDurable(index)))
  expect([files.writes, files.syncs]).toEqual([1, 1])
})

it('syncs 64 durable records that arrive during a sync with the next one', async () => {
  const files = new WatchedLogFiles()
  const folder = await scratchFolder()
  await using log = await openEventLog(folder, { files })
  files.holdSyncs()
  const first = log.appendDurable('first')
  await expect.poll(() => files.syncs).toBe(1)
  const rest = count(64).map((index) => log.appendDurable(index))
  files.releaseSyncs()
  await Promise.all([first, ...rest])
  expect(files.syncs).toBe(2)
  expect((await readEventLog(folder)).records).toEqual(['first', ...count(64)])
})

it('does not resolve a durable record before its sync has ended', async () => {
  const files = new WatchedLogFiles()
  await using log = await openEventLog(await scratchFolder(), { files })
  files.holdSyncs()
  let isResolved = false
  const durable = log.appendDurable('a').then(() => {
    isResolved = true
  })
  await log.flush()
  await expect.poll(() => files.syncs).toBe(1)
  expect(isResolved).toBe(false)
  files.releaseSyncs()
  await durable
})

it.each([
  { name: 'syncs at the end when it holds durable records', durable: true, syncs: 2 },
  { name: 'does not sync at the end when nothing was durable', durable: false, syncs: 0 },
])('$name', async ({ durable, syncs }) => {
  const files = new WatchedLogFiles()
  const folder = await scratchFolder()
  const log = await openEventLog(folder, { files })
  if (durable) await log.appendDurable(1)
  log.append(2)
  await log.close()
  expect(files.syncs).toBe(syncs)
  expect((await readEventLog(folder)).records.at(-1)).toBe(2)
})

it.each([
  { name: 'undefined', value: undefined, message: 'A record must be JSON, not undefined.' },
  { name: 'a function', value: () => 1, message: 'A record must be JSON, not function.' },
  { name: 'a big integer', value: 1n, message: 'BigInt' },
])('refuses $name at once and goes on', async ({ value, message }) => {
  const folder = await scratchFolder()
  const log = await openEventLog(folder)
  expect(() => log.append(value)).toThrow(message)
  await expect(log.appendDurable(value)).rejects.toThrow(message)
  log.append('fine')
  await log.close()
  expect((await readEventLog(folder)).records).toEqual(['fine'])
})
