import { expect, it } from 'vitest'
import { answer, harm, hypothesisOf, type LooseExperiment, play, take, toy } from './toy-experiment.ts'

const late = (seconds: number): string =>
  `ActivityFailed: It took longer than its maximum duration of ${seconds} s.\n`

it.each([
  { name: 'an action', activity: take('slow', 60, { max_duration: 2 }) },
  { name: 'one in the background', activity: take('slow', 60, { max_duration: 2, background: true }) },
  {
    name: 'one that does not listen',
    activity: toy('action', 'slow', 'refuse_to_stop', { name: 'slow', seconds: 60 }, { max_duration: 2 }),
  },
])('fails $name that takes longer than its maximum duration, and goes on', async ({ activity }) => {
  const { journal, exitCode } = await play({ method: [activity, take('next', 5)] })
  expect(journal.status).toBe('completed')
  expect(journal.run[0]).toMatchObject({ status: 'failed', exception: [late(2)] })
  expect(journal.run[0]?.duration).toBeLessThan(2.2)
  expect(journal.run[1]).toMatchObject({ status: 'succeeded' })
  expect(exitCode).toBe(0)
})

it('does not count pauses as time of the activity', async () => {
  const { journal } = await play({
    method: [take('a', 1, { max_duration: 2, pauses: { before: 60, after: 60 } })],
  })
  expect(journal.run[0]?.status).toBe('succeeded')
})

it('fails a probe of the hypothesis that takes too long', async () => {
  const probe = toy(
    'probe',
    'slow',
    'take',
    { name: 'slow', seconds: 60 },
    { tolerance: 'slow', max_duration: 2 },
  )
  const { journal } = await play({ 'steady-state-hypothesis': hypothesisOf(probe), method: [take('never')] })
  expect(journal).toMatchObject({ status: 'failed', run: [] })
  expect(journal.steady_states.before?.probes).toMatchObject([{ status: 'failed', exception: [late(2)] }])
})

it.each<{ name: string; parts: LooseExperiment; seconds: number; trace: string[] }>([
  {
    name: 'foreground and background activities',
    parts: { method: [take('b', 60, { background: true }), take('a', 60), take('never')] },
    seconds: 10,
    trace: ['start b', 'start a', 'stop a', 'stop b'],
  },
  {
    name: 'background work that is awaited',
    parts: { method: [take('b', 60, { background: true }), take('a', 1)] },
    seconds: 10,
    trace: ['start b', 'start a', 'end a', 'stop b'],
  },
  {
    name: 'a pause',
    parts: { method: [take('a', 1, { pauses: { after: 60 } }), take('never')] },
    seconds: 10,
    trace: ['start a', 'end a'],
  },
])('ends $name when the run is out of time', async ({ parts, seconds, trace }) => {
  const played = await play({ ...parts, rollbacks: [take('tidy')] }, { maxDuration: seconds })
  expect(played.journal).toMatchObject({
    status: 'interrupted',
    reason: 'The run was interrupted: its maximum duration',
    rollbacks: [],
  })
  expect(played.trace).toEqual(trace)
  expect(played.clock.monotonic()).toBeLessThan(seconds * 1000 + 200)
  expect(played.exitCode).toBe(1)
})

it('undoes what was done, and plays the rollbacks of the strategy, when the run is out of time', async () => {
  const { trace } = await play(
    { method: [harm('a'), take('slow', 60)], rollbacks: [take('tidy', 20)] },
    { maxDuration: 10, strategies: { rollbacks: 'always' } },
  )
  expect(trace).toEqual(['break a', 'start slow', 'stop slow', 'start tidy', 'end tidy', 'mend a'])
})

it('does not cut short rollbacks that have begun in time', async () => {
  const { journal, trace } = await play(
    { method: [harm('a')], rollbacks: [take('tidy', 60)] },
    { maxDuration: 10 },
  )
  expect(journal.status).toBe('completed')
  expect(trace).toEqual(['break a', 'start tidy', 'end tidy', 'mend a'])
})

it('lets a run that is over in time end as it would have', async () => {
  const { journal, clock } = await play(
    { 'steady-state-hypothesis': hypothesisOf(answer('up', 1, 1)), method: [take('a', 5)] },
    { maxDuration: 10 },
  )
  expect(journal.status).toBe('completed')
  expect(clock.monotonic()).toBe(5000)
})
