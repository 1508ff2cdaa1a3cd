import { expect, it } from 'vitest'
import { timestamp } from './timestamp.ts'

const second = Date.UTC(2026, 0, 2, 3, 4, 5)

it.each([
  { milliseconds: second, text: '2026-01-02T03:04:05+00:00' },
  { milliseconds: second + 100, text: '2026-01-02T03:04:05.100000+00:00' },
  { milliseconds: second + 0.006, text: '2026-01-02T03:04:05.000006+00:00' },
  { milliseconds: second + 999.999, text: '2026-01-02T03:04:05.999999+00:00' },
  { milliseconds: second + 999.9999, text: '2026-01-02T03:04:06+00:00' },
  { milliseconds: second - 0.5, text: '2026-01-02T03:04:04.999500+00:00' },
  { milliseconds: 0, text: '1970-01-01T00:00:00+00:00' },
])('$text', ({ milliseconds, text }) => {
  expect(timestamp(milliseconds)).toBe(text)
})
