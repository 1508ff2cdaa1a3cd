import { expect, it } from 'vitest'
import { parseOpenFilesLimits, parseStat } from './parse-process.ts'

const rest = '1 2 3 4 5 4194304 7 8 9 10 250 75 0 0 20 0 12 0 987654 0'

it('reads a program whose name looks like the end of it', () => {
  expect(parseStat(`42 (a) R (b) S ${rest}`)).toEqual({
    name: 'a) R (b',
    parent: 1,
    startTicks: '987654',
    userTicks: 250,
    systemTicks: 75,
    threads: 12,
    isStopped: false,
    isEnded: false,
    isKernelThread: false,
  })
})

it.each(['', '42 (x', 'nonsense'])('makes nothing of %j', (text) => {
  expect(parseStat(text)).toBeNull()
})

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
