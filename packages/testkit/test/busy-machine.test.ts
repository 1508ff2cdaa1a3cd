import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { setTimeout as delay } from 'node:timers/promises'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { withheldMs } from '../src/host/busy-machine.ts'
import { ownMs, timeToEnd } from '../src/in-time.ts'

// More of them than this machine has processors, for as long as these tests take.
const loop = 'for (const end = Date.now() + 20000; Date.now() < end; );'
let hogs: ChildProcess[] = []
beforeAll(async () => {
  const { availableParallelism } = await import('node:os')
  hogs = Array.from({ length: availableParallelism() + 2 }, () => spawn(process.execPath, ['-e', loop]))
  await Promise.all(hogs.map((hog) => once(hog, 'spawn')))
  // Until the programs run, they hold nobody up.
  await delay(300)
})
afterAll(async () => {
  for (const hog of hogs) hog.kill('SIGKILL')
  await Promise.all(hogs.map((hog) => hog.exitCode ?? hog.signalCode ?? once(hog, 'exit')))
})

/** Keeps this thread busy for that much of its own time. */
function work(milliseconds: number): void {
  const begun = process.cpuUsage()
  for (let own = 0; own < milliseconds * 1000; ) {
    const { user, system } = process.cpuUsage(begun)
    own = user + system
  }
}

it('who works is not charged for what others had of the processors', async () => {
  // The best of a few: what runs beside this thread in this process, such as a garbage collection, counts as work too.
  const errors: number[] = []
  for (let play = 0; play < 5; play++) {
    const took = await timeToEnd(Promise.resolve(), () => work(150))
    errors.push(Math.abs(ownMs(took) - 150))
  }
  if (process.platform === 'linux') expect(Math.min(...errors)).toBeLessThan(30)
  else expect(withheldMs()).toBe(0)
})

it('who only waits is charged for it, however busy the machine is', async () => {
  const times: number[] = []
  for (let play = 0; play < 5; play++) {
    times.push(ownMs(await timeToEnd(delay(300), () => {})))
  }
  expect(Math.max(...times)).toBeGreaterThan(200)
  expect(Math.min(...times)).toBeGreaterThan(100)
})
