import { ActivityFailed } from '@squall/contract'
import { expect, it } from 'vitest'
import { VirtualClock } from '../../test/virtual-clock.ts'
import { withinTime } from './within-time.ts'

const late = 'It took longer than its maximum duration of 2 s.'
const never = new AbortController().signal

function afterSeconds<Result>(clock: VirtualClock, seconds: number, result: Result) {
  return async (signal: AbortSignal): Promise<Result> => {
    await clock.sleep(seconds * 1000, signal)
    return result
  }
}

it.each([
  { name: 'with time to spare', limit: 2, seconds: 1 },
  { name: 'at once', limit: 2, seconds: 0 },
  { name: 'without a limit, however long it takes', limit: undefined, seconds: 1_000_000 },
])('answers what the work answers, $name', async ({ limit, seconds }) => {
  const clock = new VirtualClock()
  const work = withinTime(limit, never, clock, afterSeconds(clock, seconds, 'done'))
  expect(await clock.passUntil(work)).toBe('done')
  expect(clock.monotonic()).toBeLessThanOrEqual(Math.max(seconds * 1000, 1))
})

it('hands on the very signal where there is no limit', async () => {
  const { signal } = new AbortController()
  await withinTime(undefined, signal, new VirtualClock(), async (given) => expect(given).toBe(signal))
})

it('ends the work when the time is up, and fails', async () => {
  const clock = new VirtualClock()
  const work = withinTime(2, never, clock, afterSeconds(clock, 60, 'done'))
  await expect(clock.passUntil(work)).rejects.toMatchObject({ code: 'SQUALL_ACTIVITY_FAILED', message: late })
  expect(clock.monotonic()).toBe(2000)
})

it.each([
  { name: 'answers all the same', end: async () => 'done' },
  { name: 'fails with an error of its own', end: () => Promise.reject(new TypeError('cut off')) },
])('fails for the time when work that comes too late $name', async ({ end }) => {
  const clock = new VirtualClock()
  const work = withinTime(2, never, clock, async () => {
    await clock.sleep(2050)
    return end()
  })
  await expect(clock.passUntil(work)).rejects.toThrow(late)
})

it('fails as the work does before the time is up', async () => {
  const clock = new VirtualClock()
  const failure = new ActivityFailed('No.')
  const work = withinTime(2, never, clock, () => Promise.reject(failure))
  await expect(clock.passUntil(work)).rejects.toBe(failure)
})

it('ends the work with the reason of the run when that is interrupted first', async () => {
  const clock = new VirtualClock()
  const interrupted = new AbortController()
  const work = withinTime(2, interrupted.signal, clock, afterSeconds(clock, 60, 'done'))
  void clock.sleep(1000).then(() => interrupted.abort(new Error('enough')))
  await expect(clock.passUntil(work)).rejects.toThrow('enough')
  expect(clock.monotonic()).toBe(1000)
})

it('leaves no timer behind', async () => {
  const clock = new VirtualClock()
  let ticking = 0
  const counting = {
    now: () => clock.now(),
    monotonic: () => clock.monotonic(),
    sleep: async (milliseconds: number, signal?: AbortSignal) => {
      ticking += 1
      await clock.sleep(milliseconds, signal).finally(() => {
        ticking -= 1
      })
    },
  }
  await withinTime(2, never, counting, async () => 'done')
  await new Promise((resolve) => setImmediate(resolve))
  expect(ticking).toBe(0)
})

it('lets the work listen to its signal as often as it likes', async () => {
  const warnings: Error[] = []
  const listen = (warning: Error): void => void warnings.push(warning)
  process.on('warning', listen)
  await withinTime(2, never, new VirtualClock(), async (signal) => {
    for (let index = 0; index < 50; index += 1) signal.addEventListener('abort', () => undefined)
  })
  await new Promise((resolve) => setImmediate(resolve))
  process.off('warning', listen)
  expect(warnings).toEqual([])
})
