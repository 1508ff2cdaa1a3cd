import { describe, expect, it } from 'vitest'
import { endsInTime, ownMs, type Took } from './in-time.ts'

/** Tries that take this long, the last one again and again; and how many were made. */
function tries(...times: Took[]) {
  let made = 0
  const once = async (): Promise<Took> => {
    const took = times[Math.min(made, times.length - 1)] ?? { ms: 0, withheldMs: 0 }
    made += 1
    return took
  }
  return { once, made: () => made }
}

const quick: Took = { ms: 20, withheldMs: 0 }
const slow: Took = { ms: 180, withheldMs: 3 }

describe('100 ms from the abort to the end', () => {
  it.each([
    { name: 'the first try is enough', times: [quick], made: 1 },
    { name: 'one that was in time is', times: [slow, slow, quick], made: 3 },
    {
      name: 'what the machine did not let it have does not count',
      times: [{ ms: 180, withheldMs: 90 }],
      made: 1,
    },
  ])('$name', async ({ times, made }) => {
    const tried = tries(...times)
    await endsInTime(tried.once)
    expect(tried.made()).toBe(made)
  })

  it('who is always late breaks the law, after a few tries, and is told how late it was', async () => {
    const tried = tries(slow)
    await expect(endsInTime(tried.once)).rejects.toThrow(
      /^After the abort it took (180 ms \(3 of them without a processor\)(, )?)+ to end, not 100 ms\.$/,
    )
    // Fifteen on a busy machine.
    expect([5, 15]).toContain(tried.made())
  })

  it('who takes a second is not tried as often', async () => {
    const tried = tries({ ms: 1000, withheldMs: 0 })
    await expect(endsInTime(tried.once)).rejects.toThrow('After the abort it took 1000 ms or longer')
    expect([1, 3]).toContain(tried.made())
  })

  it('who takes a second was not held up by the machine', () => {
    expect(ownMs({ ms: 1000, withheldMs: 300 })).toBe(700)
  })
})
