import { describe, expect, it } from 'vitest'
import { VirtualClock } from './virtual-clock.ts'

describe('a virtual clock', () => {
  it('stands still until it is moved on', async () => {
    const clock = new VirtualClock(1000)
    let woken = false
    const sleeping = clock.sleep(50).then(() => {
      woken = true
    })
    await clock.advance(49)
    expect([clock.now(), clock.monotonic(), woken, clock.sleepers]).toEqual([1049, 1049, false, 1])
    await clock.advance(1)
    await sleeping
    expect([clock.now(), woken, clock.sleepers]).toEqual([1050, true, 0])
  })

  it('stops at each moment somebody waits for, in order', async () => {
    const clock = new VirtualClock()
    const seen: string[] = []
    const ticks = async (name: string, everyMs: number) => {
      for (let tick = 0; tick < 2; tick++) {
        await clock.sleep(everyMs)
        seen.push(`${name} at ${clock.now()}`)
      }
    }
    const all = Promise.all([ticks('slow', 30), ticks('quick', 20)])
    await clock.advance(100)
    await all
    expect(seen).toEqual(['quick at 20', 'slow at 30', 'quick at 40', 'slow at 60'])
    expect(clock.now()).toBe(100)
  })

  it('lets a sleeper be aborted, before and in its sleep', async () => {
    const clock = new VirtualClock()
    const abort = new AbortController()
    const sleeping = clock.sleep(50, abort.signal)
    abort.abort(new Error('enough'))
    await expect(sleeping).rejects.toThrow('enough')
    await expect(clock.sleep(50, abort.signal)).rejects.toThrow('enough')
    expect(clock.sleepers).toBe(0)
  })
})
