import { expect, it } from 'vitest'
import { playTrial } from './play-trial.ts'

/** Chaos on a real etcd cluster of five, with a writer and a reader beside it. */
export function chaosOnEtcd(seconds: number): void {
  it(`${seconds} s of chaos on five etcd members lose no acknowledged write`, limit(seconds), async () => {
    const figures = await playTrial('etcd', seconds)
    if (!figures) return
    expect(figures['lost']).toBe(0)
    expect(Object.keys(figures.done).length).toBeGreaterThanOrEqual(5)
    expect(figures.events).toMatchObject({ Started: 1, Stopped: 1 })
    expect(figures.events['TestError']).toBeUndefined()
  })
}

/** Chaos on the lab, with a visitor of its page beside it. */
export function chaosOnLab(seconds: number): void {
  it(`${seconds} s of chaos on the lab leave its page available`, limit(seconds), async () => {
    const figures = await playTrial('lab', seconds)
    if (!figures) return
    expect(Object.keys(figures.done).length).toBeGreaterThanOrEqual(3)
    expect(figures['availability']).toBeGreaterThan(0.9)
    expect(figures.events).toMatchObject({ Started: 1, Stopped: 1 })
    expect(figures.events['TestError']).toBeUndefined()
  })
}

/** For the trial and what stands around it: starting, settling, reading everything once more. */
function limit(seconds: number): { timeout: number } {
  return { timeout: (seconds + 240) * 1000 }
}
