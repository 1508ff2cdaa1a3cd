import { mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { expect, it } from 'vitest'
import { iterateEventLog, openEventLog, readEventLog, verifyEventLog } from '../src/index.ts'
import { encodeLines, headText } from '../src/line.ts'
import { scratchFolder } from './scratch-folder.ts'

interface Segment {
  readonly name: string
  readonly bytes: Buffer
}

/** Three segments of records `{ n }`; the second and fourth batch of each hold two records. */
async function sampleLog(folder: string): Promise<{ segments: Segment[]; records: { n: number }[] }> {
  const log = await openEventLog(folder, { id: 'sample', segmentRecords: 3 })
  const records = Array.from({ length: 8 }, (_, n) => ({ n }))
  for (const record of records) {
    if (record.n % 3 === 1) log.append(record)
    else await log.appendDurable(record)
  }
  await log.close()
  const names = ['000001.log', '000002.log', '000003.log']
  const segments = names.map(async (name) => ({ name, bytes: await readFile(path.join(folder, name)) }))
  return { segments: await Promise.all(segments), records }
}

/** The two tests that try every byte work on some thousand files. */
const exhaustive = 180_000

async function writeSegments(folder: string, segments: readonly Segment[]): Promise<void> {
  await rm(folder, { recursive: true, force: true })
  await mkdir(folder)
  for (const { name, bytes } of segments) await writeFile(path.join(folder, name), bytes)
}

/** How many records stand complete, newline included, in the bytes. */
function completeRecords(segments: readonly Segment[]): number {
  const text = segments.map(({ bytes }) => bytes.toString()).join('')
  return text
    .split('\n')
    .slice(0, -1)
    .filter((line) => line.includes('{"n":')).length
}

const collected = async <Item>(items: AsyncIterable<Item>): Promise<Item[]> => {
  const all: Item[] = []
  for await (const item of items) all.push(item)
  return all
}

it(
  'keeps every complete record and invents none when cut at any byte, and goes on from there',
  async () => {
    const root = await scratchFolder()
    const folder = path.join(root, 'cut')
    const { segments, records } = await sampleLog(path.join(root, 'sample'))
    let cuts = 0
    for (const [index, { name, bytes }] of segments.entries()) {
      for (let cut = 0; cut <= bytes.length; cut++) {
        const left = [...segments.slice(0, index), { name, bytes: bytes.subarray(0, cut) }]
        await writeSegments(folder, left)
        const kept = records.slice(0, completeRecords(left))
        const content = await readEventLog(folder)
        expect(content).toMatchObject({ records: kept, damage: [] })
        expect(content.torn === undefined).toBe(cut === 0 || bytes[cut - 1] === 0x0a)
        expect((await collected(iterateEventLog(folder))).map(({ record }) => record)).toEqual(kept)
        expect(await verifyEventLog(folder)).toMatchObject({ intact: true, records: kept.length })

        const log = await openEventLog(folder, { segmentRecords: 3 })
        expect(log.torn).toEqual(content.torn)
        if (index > 0) expect(log.id).toBe('sample')
        log.append('after')
        await log.close()
        const after = await verifyEventLog(folder)
        expect(after).toMatchObject({ intact: true, records: kept.length + 1, unsealed: 0 })
        expect(after.torn).toBeUndefined()
        expect((await readEventLog(folder)).records).toEqual([...kept, 'after'])
        cuts++
      }
    }
    expect(cuts).toBeGreaterThan(1000)
  },
  exhaustive,
)

it(
  'notices any flipped bit, keeps what was before it, and skips no more than it hit',
  async () => {
    const root = await scratchFolder()
    const folder = path.join(root, 'flipped')
    const { segments, records } = await sampleLog(path.join(root, 'sample'))
    for (const [index, { name, bytes }] of segments.entries()) {
      await writeSegments(folder, segments)
      for (let at = 0; at < bytes.length; at++) {
        const flipped = Buffer.from(bytes)
        flipped[at] = (bytes[at] ?? 0) ^ (1 << (at % 8))
        await writeFile(path.join(folder, name), flipped)
        const before = completeRecords([...segments.slice(0, index), { name, bytes: bytes.subarray(0, at) }])

        const stopped = await readEventLog(folder)
        expect(stopped.damage.length > 0 || stopped.torn !== undefined).toBe(true)
        expect(stopped.records.length).toBeGreaterThanOrEqual(before)
        expect(stopped.records).toEqual(records.slice(0, stopped.records.length))

        const skipped = await readEventLog<{ n: number }>(folder, { damage: 'skip' })
        expect(skipped.records).toEqual(
          records.filter(({ n }) => skipped.records.some((kept) => kept.n === n)),
        )
        expect(skipped.records.length).toBeGreaterThanOrEqual(records.length - 2)
        await verifyEventLog(folder)
      }
      await writeFile(path.join(folder, name), bytes)
    }
  },
  exhaustive,
)

it('names segment and line of damage in the middle, and does not go on behind it unless told to', async () => {
  const folder = await scratchFolder()
  const { segments, records } = await sampleLog(folder)
  const last = segments[2]?.bytes.toString() ?? ''
  await writeFile(path.join(folder, '000003.log'), last.replace('{"n":6}', '{"n":9}'))

  const damage = { segment: 3, line: 2, reason: 'does not match its checksum' }
  expect(await readEventLog(folder)).toEqual({ id: 'sample', records: records.slice(0, 6), damage: [damage] })
  const message = expect.stringContaining('line 2 of segment 3 does not match its checksum')
  await expect(collected(iterateEventLog(folder))).rejects.toMatchObject({
    code: 'SQUALL_LOG_BROKEN',
    message,
  })
  await expect(openEventLog(folder)).rejects.toMatchObject({ code: 'SQUALL_LOG_BROKEN', message })
  expect(await verifyEventLog(folder)).toMatchObject({ intact: false, damage: [damage], records: 7 })

  const log = await openEventLog(folder, { damage: 'skip' })
  await log.appendDurable({ n: 10 })
  await log.close()
  const healed = await readEventLog(folder, { damage: 'skip' })
  expect(healed.records).toEqual([...records.slice(0, 6), { n: 7 }, { n: 10 }])
  expect(healed.damage).toEqual([damage])
  expect(await collected(iterateEventLog(folder, { damage: 'skip' }))).toHaveLength(8)
})

it.each([
  {
    name: 'a record replaced by another with a checksum of its own',
    change: (text: string) => text.replace(/.{9}\{"n":4\}\n/, encodeLines(['{"n":44}']).toString()),
    found: { segment: 2, reason: 'seals other bytes than those before it' },
  },
  {
    name: 'two records in another order',
    change: (text: string) => text.replace(/(.{9}\{"n":4\}\n)(.{9}\{"n":5\}\n)/, '$2$1'),
    found: { segment: 2, reason: 'seals other bytes than those before it' },
  },
  {
    name: 'a record taken out',
    change: (text: string) => text.replace(/.{9}\{"n":4\}\n/, ''),
    found: { segment: 2, reason: 'seals 2 records where there are 1' },
  },
  {
    name: 'a last batch taken out',
    change: (text: string) => text.replace(/.{9}\{"n":4\}\n.*/s, ''),
    found: { segment: 3, line: 1, reason: 'does not continue the segment before it' },
  },
  {
    name: 'a segment emptied',
    change: () => '',
    found: { segment: 2, line: 1, reason: 'is missing' },
  },
  {
    name: 'the segment of another log',
    change: () => encodeLines([headText({ format: 1, log: 'other', segment: 2, previous: '' })]).toString(),
    found: { segment: 2, line: 1, reason: 'belongs to another log' },
  },
  {
    name: 'a segment under another number',
    change: () => encodeLines([headText({ format: 1, log: 'sample', segment: 7, previous: '' })]).toString(),
    found: { segment: 2, line: 1, reason: 'belongs to segment 7' },
  },
])('verifying finds $name', async ({ change, found }) => {
  const folder = await scratchFolder()
  const { segments } = await sampleLog(folder)
  const changed = change(segments[1]?.bytes.toString() ?? '')
  expect(changed).not.toBe(segments[1]?.bytes.toString())
  await writeFile(path.join(folder, '000002.log'), changed)
  const { intact, damage } = await verifyEventLog(folder)
  expect(intact).toBe(false)
  expect(damage[0]).toMatchObject(found)
})

it('reads on when the oldest segments were dropped, and stops where one is missing in the middle', async () => {
  const folder = await scratchFolder()
  const { records } = await sampleLog(folder)
  await openEventLog(folder, { segmentRecords: 3 }).then(async (log) => {
    log.append({ n: 8 })
    log.append({ n: 9 })
    await log.close()
  })
  await rm(path.join(folder, '000001.log'))
  expect(await verifyEventLog(folder)).toMatchObject({ intact: true, records: 7 })
  expect(await readEventLog(folder)).toMatchObject({ id: 'sample', damage: [] })

  await rm(path.join(folder, '000003.log'))
  const reason = 'is missing, with its whole segment'
  expect(await readEventLog(folder)).toMatchObject({
    records: records.slice(3, 6),
    damage: [{ segment: 3, line: 1, reason }],
  })
  expect((await readEventLog(folder, { damage: 'skip' })).records).toEqual([...records.slice(3, 6), { n: 9 }])
})

it('refuses a log of a newer format in every way', async () => {
  const folder = await scratchFolder()
  await writeFile(path.join(folder, '000001.log'), encodeLines(['#{"head":{"format":2,"new":true}}']))
  const error = {
    code: 'SQUALL_LOG_BROKEN',
    message: expect.stringContaining('by a newer squall, in format 2'),
  }
  await expect(openEventLog(folder)).rejects.toMatchObject(error)
  await expect(readEventLog(folder)).rejects.toMatchObject(error)
  await expect(verifyEventLog(folder)).rejects.toMatchObject(error)
})
