import type { Clock } from '@squall/contract'
import { expect, it } from 'vitest'
import { orAbandon } from './or-abandon.ts'

/** A clock whose only sleep ends when the test says so. */
class StillClock implements Clock {
  asleep = 0
  wake: () => void = () => undefined

  now(): number {
    return 0
  }

  monotonic(): number {
    return 0
  }

  sleep(_milliseconds: number, signal?: AbortSignal): Promise<void> {
    this.asleep += 1
    return new Promise<void>((resolve, reject) => {
      this.wake = resolve
      signal?.addEventListener('abort', () => reject(signal.reason))
    }).finally(() => {
      this.asleep -= 1
    })
  }
}

const reason = new Error('stop')

it('settles as the work does', async () => {
  const { signal } = new AbortController()
  const clock = new StillClock()
  expect(await orAbandon(Promise.resolve(1), signal, clock)).toBe(1)
  await expect(orAbandon(Promise.reject(new Error('no')), signal, clock)).rejects.toThrow('no')
})

it('leaves work behind that goes on after its grace', async () => {
  const controller = new AbortController()
  const clock = new StillClock()
  const left = orAbandon(new Promise(() => {}), controller.signal, clock)
  controller.abort(reason)
  clock.wake()
  await expect(left).rejects.toBe(reason)
})

it('also where the abort came first', async () => {
  const clock = new StillClock()
  const left = orAbandon(new Promise(() => {}), AbortSignal.abort(reason), clock)
  clock.wake()
  await expect(left).rejects.toBe(reason)
})

it('keeps no timer once the work has settled', async () => {
  const controller = new AbortController()
  const clock = new StillClock()
  let finish: (value: number) => void = () => undefined
  const work = new Promise<number>((resolve) => {
    finish = resolve
  })
  const result = orAbandon(work, controller.signal, clock)
  controller.abort(reason)
  expect(clock.asleep).toBe(1)
  finish(2)
  expect(await result).toBe(2)
  await Promise.resolve()
  expect(clock.asleep).toBe(0)
})
