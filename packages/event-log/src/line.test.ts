import fc from 'fast-check'
import { expect, it } from 'vitest'
import { decodeLine, encodeLines, headText, sealText } from './line.ts'
import { scanSegment } from './scan-segment.ts'

const chain = 'c'.repeat(64)
const head = headText({ format: 1, log: 'a log', segment: 1, previous: chain })

it('reads back any JSON value', () => {
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      const bytes = encodeLines([JSON.stringify(value)])
      expect(bytes.indexOf(0x0a)).toBe(bytes.length - 1)
      expect(decodeLine(bytes, 0, bytes.length - 1)).toEqual({
        kind: 'record',
        record: JSON.parse(JSON.stringify(value)),
      })
    }),
  )
})

it.each([
  { name: 'nothing', bytes: '', reason: 'is not a line of an event log' },
  { name: 'a checksum alone', bytes: 'cbf43926 ', reason: 'is not a line of an event log' },
  { name: 'plain text', bytes: 'hello there, world', reason: 'is not a line of an event log' },
  { name: 'a checksum in capitals', bytes: 'CBF43926 123456789', reason: 'does not match its checksum' },
  { name: 'another checksum', bytes: 'cbf43927 123456789', reason: 'does not match its checksum' },
  { name: 'text that is no JSON', text: 'undefined', reason: 'is not JSON' },
  { name: 'a mark without JSON', text: '#', reason: 'is not JSON' },
  { name: 'an unknown line of the log', text: '#{"index":1}', reason: 'is of a kind that is not known' },
  { name: 'a head without an id', text: '#{"head":{"format":1}}', reason: 'is of a kind that is not known' },
  {
    name: 'a seal without a hash',
    text: '#{"seal":{"records":1}}',
    reason: 'is of a kind that is not known',
  },
])('says why it does not read $name', ({ bytes, text, reason }) => {
  const line = text === undefined ? Buffer.from(bytes ?? '') : encodeLines([text]).subarray(0, -1)
  expect(decodeLine(line, 0, line.length)).toEqual({ kind: 'damaged', reason })
})

it.each([
  {
    name: 'a first line that is a record',
    texts: ['1', sealText({ records: 1, chain })],
    damage: { line: 1, reason: 'is not the head of a segment' },
  },
  {
    name: 'a second head',
    texts: [head, '1', head],
    damage: { line: 3, reason: 'is the head of a segment in the middle of one' },
  },
  {
    name: 'a seal over a record that is gone',
    texts: [head, '1', sealText({ records: 2, chain })],
    damage: { line: 3, reason: 'seals 2 records where there are 1' },
  },
])('finds $name in a segment', ({ texts, damage }) => {
  const scan = scanSegment(encodeLines(texts))
  expect(scan.damage).toEqual([damage])
  expect(scan.records.map(({ record }) => record)).toEqual([1])
})

it('reads any bytes as a segment without an error', () => {
  const lines = fc.oneof(
    fc.uint8Array({ maxLength: 40 }),
    fc.constantFrom(head, sealText({ records: 0, chain }), '{"a":1}').map((text) => encodeLines([text])),
  )
  fc.assert(
    fc.property(fc.array(lines, { maxLength: 12 }), (parts) => {
      const bytes = Buffer.concat(parts)
      const scan = scanSegment(bytes)
      expect(scan.end).toBeLessThanOrEqual(bytes.length)
    }),
    { numRuns: 1000 },
  )
})
