import { expect, it } from 'vitest'
import { limitFor } from './limit-open-files.ts'

it.each([
  { name: 'none open', open: [], spare: 0, limit: 0 },
  { name: 'all below taken', open: [0, 1, 2], spare: 0, limit: 3 },
  { name: 'a gap below the highest', open: [0, 1, 2, 4], spare: 0, limit: 3 },
  { name: 'one more, into the gap', open: [0, 1, 2, 4], spare: 1, limit: 5 },
  { name: 'two more', open: [0, 1, 2, 4], spare: 2, limit: 6 },
])('$name: $limit', ({ open, spare, limit }) => {
  expect(limitFor(open, spare)).toBe(limit)
})
