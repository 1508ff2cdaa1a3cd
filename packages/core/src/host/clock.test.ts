import { expect, it } from 'vitest'
import { systemClock } from './clock.ts'

it('tells the time', () => {
  expect(Math.abs(systemClock.now() - Date.now())).toBeLessThan(1000)
})

it('sleeps as long as it is told, and no shorter by more than a timer can be wrong', async () => {
  const started = systemClock.monotonic()
  await systemClock.sleep(20)
  expect(systemClock.monotonic() - started).toBeGreaterThan(18)
})

it('ends a sleep with the reason of the signal', async () => {
  const controller = new AbortController()
  const asleep = systemClock.sleep(60_000, controller.signal)
  controller.abort(new Error('enough'))
  await expect(asleep).rejects.toThrow('enough')
  await expect(systemClock.sleep(1, controller.signal)).rejects.toThrow('enough')
})

it.each([2 ** 31, 1e15, Number.POSITIVE_INFINITY])(
  'does not end a sleep of %d ms at once',
  async (milliseconds) => {
    const controller = new AbortController()
    const asleep = systemClock.sleep(milliseconds, controller.signal).then(
      () => 'over',
      () => 'called off',
    )
    await systemClock.sleep(20)
    controller.abort()
    expect(await asleep).toBe('called off')
  },
)
