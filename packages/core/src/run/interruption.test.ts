import { expect, it } from 'vitest'
import { type InterruptedBy, Interruption, type RunStage } from './interruption.ts'

/** What the requests end, in a run that has come so far: `nothing`, the `foreground`, or `all`. */
function ends(stage: RunStage, requests: readonly InterruptedBy[]): string {
  const said: string[] = []
  const interruption = new Interruption((by) => said.push(by))
  if (stage !== 'playing') interruption.renew(stage)
  for (const by of requests) interruption.request(by)
  const { foreground, background } = interruption
  expect(said.length > 0).toBe(foreground.aborted)
  if (background.aborted) return 'all'
  return foreground.aborted ? 'foreground' : 'nothing'
}

it.each<{ requests: InterruptedBy[]; playing: string; rollingBack: string; undoing: string }>([
  { requests: ['SIGINT'], playing: 'foreground', rollingBack: 'foreground', undoing: 'foreground' },
  { requests: ['SIGTERM'], playing: 'foreground', rollingBack: 'foreground', undoing: 'foreground' },
  { requests: ['SIGUSR1'], playing: 'foreground', rollingBack: 'foreground', undoing: 'foreground' },
  { requests: ['abort'], playing: 'foreground', rollingBack: 'foreground', undoing: 'foreground' },
  { requests: ['SIGINT', 'SIGINT'], playing: 'all', rollingBack: 'all', undoing: 'all' },
  { requests: ['SIGUSR2'], playing: 'all', rollingBack: 'all', undoing: 'all' },
  { requests: ['a stop request'], playing: 'all', rollingBack: 'all', undoing: 'nothing' },
  { requests: ['its maximum duration'], playing: 'all', rollingBack: 'nothing', undoing: 'nothing' },
  {
    requests: ['a stop request', 'its maximum duration'],
    playing: 'all',
    rollingBack: 'all',
    undoing: 'nothing',
  },
])('$requests end $playing, then $rollingBack, at last $undoing', ({ requests, ...expected }) => {
  const stages = { playing: 'playing', rollingBack: 'rolling back', undoing: 'undoing' } as const
  const found = Object.entries(stages).map(([name, stage]) => [name, ends(stage, requests)])
  expect(Object.fromEntries(found)).toEqual(expected)
})

it('forgets earlier requests when a new stage begins', () => {
  const interruption = new Interruption(() => undefined)
  interruption.request('SIGINT')
  interruption.renew('rolling back')
  expect(interruption.foreground.aborted).toBe(false)
  interruption.request('SIGINT')
  expect([interruption.foreground.aborted, interruption.background.aborted]).toEqual([true, false])
})

it('remembers that rollbacks are skipped', () => {
  const interruption = new Interruption(() => undefined)
  interruption.request('SIGUSR2')
  interruption.renew('rolling back')
  expect(interruption.skipsRollbacks).toBe(true)
})

it.each([
  { stage: 'playing', how: 'graceful', foreground: true, background: false, skipsRollbacks: false },
  { stage: 'playing', how: 'ungraceful', foreground: true, background: true, skipsRollbacks: true },
  { stage: 'rolling back', how: 'graceful', foreground: true, background: false, skipsRollbacks: false },
  { stage: 'undoing', how: 'ungraceful', foreground: false, background: false, skipsRollbacks: false },
  { stage: 'finishing', how: 'graceful', foreground: false, background: false, skipsRollbacks: false },
] as const)('a control that asks while $stage, $how', ({ stage, how, ...expected }) => {
  const announced: string[] = []
  const interruption = new Interruption((by) => announced.push(by))
  interruption.renew(stage)
  interruption.requestByControl("the control 'c' (enough)", how)
  expect({
    foreground: interruption.foreground.aborted,
    background: interruption.background.aborted,
    skipsRollbacks: interruption.skipsRollbacks,
  }).toEqual(expected)
  expect(announced).toHaveLength(expected.foreground ? 1 : 0)
})
