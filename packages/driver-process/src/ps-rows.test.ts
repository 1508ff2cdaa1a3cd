import { expect, it } from 'vitest'
import { parsePs } from './ps-rows.ts'

// The layout of `ps -axo pid=,ppid=,stat=,lstart=` on macOS; written down from its manual, not verified there.
const macos = `    1     0 Ss   Mon Mar  2 08:00:01 2026
  345     1 S    Mon Mar  2 08:00:09 2026
 9021   345 Z+   Mon Mar  2 10:11:12 2026

`

it('reads the rows of ps', () => {
  expect(parsePs(macos)).toEqual([
    { pid: 1, parent: 0, startedAt: 'Mon Mar  2 08:00:01 2026', ended: false },
    { pid: 345, parent: 1, startedAt: 'Mon Mar  2 08:00:09 2026', ended: false },
    { pid: 9021, parent: 345, startedAt: 'Mon Mar  2 10:11:12 2026', ended: true },
  ])
})
