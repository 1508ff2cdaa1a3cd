import { describe, expect, it } from 'vitest'
import type { DryLevel } from '../src/index.ts'
import { eventLines } from './event-lines.ts'
import { answer, hypothesisOf, play, take, toy } from './toy-experiment.ts'

const parts = {
  configuration: { asked: { type: 'probe', name: 'dynamic', provider: { type: 'raw', say: 'really' } } },
  'steady-state-hypothesis': hypothesisOf(answer('gate', 1, 2)),
  method: [
    take('act', 1, { pauses: { after: 10 } }),
    toy('probe', 'look', 'answer', { value: '${asked}' }, { pauses: { before: 100 } }),
  ],
  rollbacks: [take('back')],
}

describe('dry runs (spec 18)', () => {
  it.each<{ dry: DryLevel; acts: boolean; looks: boolean; judges: boolean; seconds: number }>([
    { dry: 'probes', acts: true, looks: false, judges: false, seconds: 11 },
    { dry: 'actions', acts: false, looks: true, judges: true, seconds: 0 },
    { dry: 'activities', acts: false, looks: false, judges: false, seconds: 0 },
    { dry: 'pause', acts: true, looks: true, judges: true, seconds: 0 },
  ])('$dry', async ({ dry, acts, looks, judges, seconds }) => {
    const { journal, trace, clock } = await play(parts, { dry })
    expect(journal.experiment).toMatchObject({ dry })
    expect(journal.steady_states.before?.steady_state_met).toBe(!judges)
    expect(journal.rollbacks).toMatchObject([{ status: 'succeeded', output: acts ? 'back' : null }])
    expect(trace.includes('start back')).toBe(acts)
    if (judges) return
    expect(journal.run).toMatchObject([
      { status: 'succeeded', output: acts ? 'act' : null },
      { status: 'succeeded', output: looks ? 'really' : null },
    ])
    expect(clock.monotonic()).toBe(seconds * 1000)
  })

  it.each<{ dry: DryLevel; seconds: number }>([
    { dry: 'probes', seconds: 11 },
    { dry: 'actions', seconds: 100 },
    { dry: 'activities', seconds: 0 },
    { dry: 'pause', seconds: 1 },
  ])('$dry leaves out the pauses of what it leaves out, and still tells them', async ({ dry, seconds }) => {
    const { clock, events } = await play(
      { ...parts, 'steady-state-hypothesis': undefined, rollbacks: [] },
      { dry },
    )
    expect(clock.monotonic()).toBe(seconds * 1000)
    expect(eventLines(events)).toEqual(
      expect.arrayContaining(['pause 10 s after act', 'pause 100 s before look']),
    )
  })

  it('a `dry` key on an activity switches dry mode off for it, whatever it says', async () => {
    const { trace } = await play({ method: [take('a', 0, { dry: true }), take('b')] }, { dry: 'activities' })
    expect(trace).toEqual(['start a', 'end a'])
  })

  it('an experiment that is not dry says null, whatever stands in the file', async () => {
    const { journal } = await play({ dry: 'activities', method: [take('a')] })
    expect(journal.experiment).toMatchObject({ dry: null })
    expect(journal.run[0]?.output).toBe('a')
  })
})
