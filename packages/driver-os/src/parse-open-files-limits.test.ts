import { expect, it } from 'vitest'
import { parseOpenFilesLimits } from './parse-open-files-limits.ts'

it.each([
  {
    text: 'Max open files            1024                 524288               files',
    soft: 1024,
    hard: 524_288,
  },
  {
    text: 'Max open files            unlimited            unlimited            files',
    soft: 'unlimited',
    hard: 'unlimited',
  },
])('reads limits: $soft', ({ text, soft, hard }) => {
  expect(parseOpenFilesLimits(`Limit\n${text}\nMax locked memory 1 2 bytes`)).toEqual({ soft, hard })
})
