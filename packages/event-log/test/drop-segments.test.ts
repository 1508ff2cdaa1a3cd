import { readdir } from 'node:fs/promises'
import path from 'node:path'
import { expect, it } from 'vitest'
import { dropSegments, openEventLog, readEventLog, verifyEventLog } from '../src/index.ts'
import { scratchFolder } from './scratch-folder.ts'

async function fourSegments(): Promise<string> {
  const folder = await scratchFolder()
  await using log = await openEventLog<number>(folder, { segmentRecords: 2 })
  for (let record = 1; record <= 8; record++) {
    log.append(record)
    await log.flush()
  }
  return folder
}

it('removes the oldest segments, and what is left still verifies and goes on', async () => {
  const folder = await fourSegments()
  expect(await dropSegments(folder, 3)).toBe(2)
  expect((await readEventLog<number>(folder)).records).toEqual([5, 6, 7, 8])
  await using log = await openEventLog<number>(folder, { segmentRecords: 2 })
  log.append(9)
  await log.flush()
  expect(await verifyEventLog(folder)).toMatchObject({ intact: true, records: 5 })
})

it('keeps the last segment, whatever is asked', async () => {
  const folder = await fourSegments()
  expect(await dropSegments(folder, 99)).toBe(3)
  expect((await readdir(folder)).filter((name) => name.endsWith('.log'))).toEqual(['000004.log'])
})

it('tells of a folder that is not there', async () => {
  const folder = path.join(await scratchFolder(), 'gone')
  await expect(dropSegments(folder, 2)).rejects.toMatchObject({ code: 'SQUALL_LOG_BROKEN' })
})
