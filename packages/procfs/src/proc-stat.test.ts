import { expect, it } from 'vitest'
import { parseProcStat } from './proc-stat.ts'

const stat = ({ name = 'node', state = 'S', flags = 4_194_560, threads = 11 } = {}): string =>
  `321 (${name}) ${state} 300 321 300 34816 321 ${flags} 1 0 0 0 5 6 0 0 20 0 ${threads} 0 987654 1000 200 18446744073709551615`

it('reads name, parent, start, CPU time and threads', () => {
  expect(parseProcStat(stat())).toEqual({
    name: 'node',
    parent: 300,
    startTicks: '987654',
    userTicks: 5,
    systemTicks: 6,
    threads: 11,
    isStopped: false,
    isEnded: false,
    isKernelThread: false,
  })
})

it.each([
  { name: 'a) S 1 (b', parent: 300 },
  { name: 'two words', parent: 300 },
  { name: '(sd-pam)', parent: 300 },
  { name: 'a) R (b', parent: 300 },
])('is not misled by a program named $name', ({ name, parent }) => {
  expect(parseProcStat(stat({ name }))).toMatchObject({ name, parent, startTicks: '987654' })
})

it.each([
  { name: 'a stopped process', text: stat({ state: 'T' }), facts: { isStopped: true, isEnded: false } },
  { name: 'one under a debugger', text: stat({ state: 't' }), facts: { isStopped: false } },
  { name: 'a zombie', text: stat({ state: 'Z', threads: 1 }), facts: { isEnded: true } },
  {
    name: 'one whose first thread has ended',
    text: stat({ state: 'Z', threads: 3 }),
    facts: { isEnded: false },
  },
  { name: 'a kernel thread', text: stat({ flags: 0x0020_8040 }), facts: { isKernelThread: true } },
])('knows $name', ({ text, facts }) => {
  expect(parseProcStat(text)).toMatchObject(facts)
})

it.each(['', '321 (node', '42 (x', 'nonsense'])('says null to %j', (text) => {
  expect(parseProcStat(text)).toBeNull()
})
