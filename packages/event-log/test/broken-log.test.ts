import { writeFile } from 'node:fs/promises'
import path from 'node:path'
import { expect, it } from 'vitest'
import { type LogBroken, openEventLog, readEventLog, verifyEventLog } from '../src/index.ts'
import { scratchFolder } from './scratch-folder.ts'
import { WatchedLogFiles } from './watched-log-files.ts'

const broken = (reason: string) =>
  expect.objectContaining({ code: 'SQUALL_LOG_BROKEN', message: expect.stringContaining(reason) })

it.each([
  { name: 'the disk is full', failWith: { write: 'ENOSPC' }, reason: 'the disk is full' },
  { name: 'a write fails', failWith: { write: 'EIO' }, reason: 'EIO: as the test wants' },
  { name: 'a sync fails', failWith: { sync: 'EIO' }, reason: 'EIO: as the test wants' },
  {
    name: 'a segment cannot be made',
    failWith: { create: 'EACCES' },
    reason: 'this user may not write there',
  },
])(
  'says so at every later call when $name, and loses nothing that was durable',
  async ({ failWith, reason }) => {
    const files = new WatchedLogFiles()
    const folder = await scratchFolder()
    const told: LogBroken[] = []
    const log = await openEventLog(folder, { files, segmentRecords: 2, onError: (error) => told.push(error) })
    await Promise.all([log.appendDurable(1), log.appendDurable(2)])

    files.failWith = failWith
    const failing = [log.appendDurable(3), log.appendDurable(4), log.flush()]
    for (const each of await Promise.allSettled(failing))
      expect(each).toMatchObject({ reason: broken(reason) })
    files.failWith = {}
    log.append(5)
    await expect(log.appendDurable(6)).rejects.toEqual(broken(reason))
    await expect(log.flush()).rejects.toEqual(broken(reason))
    await expect(log.close()).rejects.toEqual(broken(reason))
    expect(told).toEqual([broken(reason)])
    expect(files.open).toBe(0)

    const { records, damage } = await readEventLog<number>(folder)
    expect(records).toEqual([1, 2, 3, 4].slice(0, records.length))
    expect(records.length).toBeGreaterThanOrEqual(2)
    expect(damage).toEqual([])
    await using again = await openEventLog(folder)
    await again.appendDurable('after')
    expect((await readEventLog(folder)).records).toEqual([...records, 'after'])
    expect(await verifyEventLog(folder)).toMatchObject({ intact: true })
  },
)

it('shows a failed write of buffered records at the next call that is awaited', async () => {
  const files = new WatchedLogFiles()
  const told: LogBroken[] = []
  const log = await openEventLog(await scratchFolder(), { files, onError: (error) => told.push(error) })
  files.failWith = { write: 'ENOSPC' }
  log.append('x'.repeat(70_000))
  await expect.poll(() => told).toEqual([broken('the disk is full')])
  expect(told[0]?.hint).toBe('Free some space, or name a folder on another disk.')
  expect(told[0]?.cause).toMatchObject({ code: 'ENOSPC' })
  await expect(log.flush()).rejects.toBe(told[0])
  await expect(log.close()).rejects.toBe(told[0])
})

it('takes nothing more once it is closed', async () => {
  const folder = await scratchFolder()
  const told: LogBroken[] = []
  const log = await openEventLog(folder, { onError: (error) => told.push(error) })
  log.append(1)
  const closing = log.close()
  expect(log.close()).toBe(closing)
  log.append(2)
  await expect(log.appendDurable(3)).rejects.toEqual(broken('it is closed'))
  await closing
  expect(told).toEqual([broken('it is closed'), broken('it is closed')])
  expect((await readEventLog(folder)).records).toEqual([1])
})

it('says which folder cannot be used', async () => {
  const root = await scratchFolder()
  const file = path.join(root, 'a file')
  await writeFile(file, '')
  await expect(openEventLog(file)).rejects.toMatchObject({
    code: 'SQUALL_LOG_BROKEN',
    fields: { path: file },
  })
  const missing = path.join(root, 'missing')
  await expect(readEventLog(missing)).rejects.toEqual(broken('there is no such folder'))
  await expect(verifyEventLog(missing)).rejects.toEqual(broken('there is no such folder'))
})

it('finds nothing in an empty folder', async () => {
  const folder = await scratchFolder()
  expect(await readEventLog(folder)).toEqual({ records: [], damage: [] })
  expect(await verifyEventLog(folder)).toEqual({ intact: true, records: 0, unsealed: 0, damage: [] })
})
