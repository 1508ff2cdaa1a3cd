import { describe, expect, it } from 'vitest'
import { type KeeperState, nothingMissing, planKeeping, type Sighting } from './keeper-plan.ts'

const healthy = (pid: number): Sighting => ({ pid, startedAt: 'then', port: 8000 + pid, answered: true })
const silent = (pid: number): Sighting => ({ ...healthy(pid), answered: false })
const rules = { instances: 2, recoverAfterMs: 0, missesAllowed: 1 }

/** Plays rounds one after the other and tells what was decided in each. */
function play(
  rounds: readonly { readonly now: number; readonly sees: readonly Sighting[]; readonly starting?: number }[],
  recoverAfterMs = 0,
) {
  let state: KeeperState = nothingMissing
  return rounds.map(({ now, sees, starting = 0 }) => {
    const plan = planKeeping(state, { now, sightings: sees, starting }, { ...rules, recoverAfterMs })
    state = plan.state
    const restored = plan.restoredAfterMs === undefined ? {} : { restoredAfterMs: plan.restoredAfterMs }
    return { start: plan.start, kill: plan.kill.map(({ pid }) => pid), ...restored }
  })
}

const idle = { start: 0, kill: [] }

describe('the keeper', () => {
  it('leaves a complete service alone, and one with more than enough', () => {
    const rounds = [
      { now: 0, sees: [healthy(1), healthy(2)] },
      { now: 1, sees: [healthy(1), healthy(2), healthy(3)] },
    ]
    expect(play(rounds)).toEqual([idle, idle])
  })

  it('starts what is missing, once, and says when all are there again', () => {
    const rounds = [
      { now: 0, sees: [healthy(1)] },
      { now: 200, sees: [healthy(1)], starting: 1 },
      { now: 400, sees: [healthy(1), healthy(3)] },
    ]
    expect(play(rounds)).toEqual([{ start: 1, kill: [] }, idle, { ...idle, restoredAfterMs: 400 }])
  })

  it('tries again at once when a start failed', () => {
    const rounds = [
      { now: 0, sees: [healthy(1)] },
      { now: 200, sees: [healthy(1)], starting: 0 },
    ]
    expect(play(rounds)).toEqual([
      { start: 1, kill: [] },
      { start: 1, kill: [] },
    ])
  })

  it('forgives one missed check, kills and replaces at the second in a row', () => {
    const rounds = [
      { now: 0, sees: [healthy(1), silent(2)] },
      { now: 200, sees: [healthy(1), healthy(2)] },
      { now: 400, sees: [healthy(1), silent(2)] },
      { now: 600, sees: [healthy(1), silent(2)] },
    ]
    expect(play(rounds)).toEqual([idle, idle, idle, { start: 1, kill: [2] }])
  })

  it('does not take a later process of the same pid for the one that missed', () => {
    const later = { ...silent(2), startedAt: 'later' }
    const rounds = [
      { now: 0, sees: [healthy(1), silent(2)] },
      { now: 200, sees: [healthy(1), later] },
    ]
    expect(play(rounds)).toEqual([idle, idle])
  })

  it('leaves a frozen instance alone when enough others are healthy', () => {
    const sees = [healthy(1), healthy(3), silent(2)]
    const rounds = [0, 200, 400].map((now) => ({ now, sees }))
    expect(play(rounds)).toEqual([idle, idle, idle])
  })

  it('waits the stated time before it acts', () => {
    const rounds = [0, 500, 999, 1000].map((now) => ({ now, sees: [healthy(1)] }))
    expect(play(rounds, 1000)).toEqual([idle, idle, idle, { start: 1, kill: [] }])
  })

  it('waits for each missing instance from the moment that one is missing', () => {
    const rounds = [
      { now: 0, sees: [healthy(1)] },
      { now: 600, sees: [] },
      { now: 1000, sees: [] },
      { now: 1600, sees: [healthy(3)] },
    ]
    expect(play(rounds, 1000)).toEqual([idle, idle, { start: 1, kill: [] }, { start: 1, kill: [] }])
  })

  it('does not kill an instance that runs again before the delay is over', () => {
    const rounds = [
      { now: 0, sees: [healthy(1), silent(2)] },
      { now: 200, sees: [healthy(1), silent(2)] },
      { now: 800, sees: [healthy(1), healthy(2)] },
      { now: 2000, sees: [healthy(1), healthy(2)] },
    ]
    expect(play(rounds, 1000)).toEqual([idle, idle, { ...idle, restoredAfterMs: 600 }, idle])
  })
})
