import { describe, expect, it } from 'vitest'
import { answer, crash, harm, hypothesisOf, play, take, toy } from '../toy-experiment.ts'

const failing = (more: object): object => toy('action', 'fails', 'fail', {}, more as never)
const off = (more: object): object => answer('off', 1, 2, { evaluate: true, ...more })
const steady = hypothesisOf(answer('up', 1, 1))

describe('a probe of the method that is held to its tolerance', () => {
  it.each([
    { name: 'met', probe: answer('p', 1, 1, { evaluate: true }), met: true },
    { name: 'not met', probe: answer('p', 1, 2, { evaluate: true }), met: false },
    { name: 'not fitting', probe: answer('p', 'x', [1, 2], { evaluate: true }), met: false },
    { name: 'failed', probe: toy('probe', 'p', 'fail', {}, { tolerance: 1, evaluate: true }), met: false },
    { name: 'not asked for, as in the reference', probe: answer('p', 1, 2), met: undefined },
    { name: 'switched off', probe: answer('p', 1, 2, { evaluate: false }), met: undefined },
    { name: 'another shape', probe: answer('p', 1, 2, { evaluate: 'yes' }), met: undefined },
  ])('$name', async ({ probe, met }) => {
    const { journal, exitCode } = await play({ method: [probe, take('next')] })
    expect(journal.run[0]?.tolerance_met).toBe(met)
    expect(journal.run).toHaveLength(2)
    expect(journal).toMatchObject({ status: 'completed', deviated: false })
    expect(exitCode).toBe(0)
  })

  it('also in rollbacks', async () => {
    const { journal } = await play({ rollbacks: [off({})] })
    expect(journal.rollbacks[0]?.tolerance_met).toBe(false)
  })

  it('not in a dry run of probes', async () => {
    expect((await play({ method: [off({})] }, { dry: 'probes' })).journal.run[0]?.tolerance_met).toBe(true)
  })
})

describe.each([
  { what: 'a failed activity', problem: failing, reason: "'fails' failed" },
  { what: 'a tolerance that is not met', problem: off, reason: "'off' is out of tolerance" },
])('$what', ({ problem, reason }) => {
  const parts = (more: object): object => ({
    'steady-state-hypothesis': steady,
    method: [harm('x'), problem(more), take('next')],
    rollbacks: [take('back')],
  })

  it.each([{}, { onFailure: 'continue' }, { onFailure: 'halt' }])('goes on with %j', async (more) => {
    const { journal, trace, exitCode } = await play(parts(more) as never)
    expect(journal).toMatchObject({ status: 'completed', deviated: false })
    expect(trace).toEqual(['break x', 'start next', 'end next', 'start back', 'end back', 'mend x'])
    expect(exitCode).toBe(0)
  })

  it('stop: ends the method, checks the steady state, plays rollbacks, undoes, and the run has failed', async () => {
    const { journal, trace, exitCode } = await play(parts({ onFailure: 'stop' }) as never)
    expect(journal).toMatchObject({
      status: 'failed',
      deviated: false,
      reason: `${reason}, and its \`onFailure\` is stop`,
      steady_states: { after: { steady_state_met: true } },
      rollback_decision: { play: true, strategy: 'default', reason: 'the default strategy plays them' },
    })
    expect(trace).toEqual(['break x', 'start back', 'end back', 'mend x'])
    expect(exitCode).toBe(1)
  })

  it('abort: ends the run without a check, as an error nobody foresaw does', async () => {
    const { journal, trace, exitCode } = await play(parts({ onFailure: 'abort' }) as never)
    expect(journal).toMatchObject({
      status: 'aborted',
      reason: `${reason}, and its \`onFailure\` is abort`,
      steady_states: { after: null },
    })
    expect(trace).toEqual(['break x', 'start back', 'end back', 'mend x'])
    expect(exitCode).toBe(1)
  })

  it('in the background: nothing more starts, what runs goes on', async () => {
    const slow = take('slow', 5)
    const method = [
      { ...problem({ onFailure: 'stop' }), background: true, pauses: { before: 1 } },
      slow,
      take('next'),
    ]
    const { journal, trace } = await play({ method })
    expect(journal.status).toBe('failed')
    expect(trace).toEqual(['start slow', 'end slow'])
  })

  it('in rollbacks: the rest of them is not played', async () => {
    const rollbacks = [problem({ onFailure: 'stop' }), take('back')]
    const { journal, trace } = await play({ method: [harm('x')], rollbacks } as never)
    expect(journal.status).toBe('failed')
    expect(trace).toEqual(['break x', 'mend x'])
  })
})

it('a ref may say it in place of its activity', async () => {
  const method = [failing({ onFailure: 'stop' }), take('next')]
  const goesOn = await play({
    method: [{ ref: 'fails', onFailure: 'continue' }, take('b'), ...method] as never,
  })
  expect(goesOn.trace).toEqual(['start b', 'end b'])
  const stops = await play({ method: [{ ref: 'fails' }, take('b'), ...method] as never })
  expect(stops.trace).toEqual([])
})

it('a run that is over keeps its reason', async () => {
  const method = [
    { ...failing({ onFailure: 'stop' }), background: true, pauses: { before: 1 } },
    take('slow', 5),
    crash('odd'),
  ]
  const late = [{ ...failing({ onFailure: 'stop' }), background: true, pauses: { before: 7 } }, crash('odd')]
  expect((await play({ method })).journal).toMatchObject({ status: 'failed' })
  expect((await play({ method: late })).journal.status).toBe('aborted')
})

it('does not touch an error nobody foresaw', async () => {
  const { journal } = await play({ method: [{ ...crash('odd'), onFailure: 'continue' }, take('next')] })
  expect(journal).toMatchObject({ status: 'aborted', run: [{}] })
})

it('a probe that waits in vain counts as a failure', async () => {
  const method = [answer('never', 1, 2, { until: { timeout: 3 }, onFailure: 'stop' }), take('next')]
  const { journal, trace } = await play({ method })
  expect(journal).toMatchObject({ status: 'failed', run: [{ tolerance_met: false, until: { attempts: 3 } }] })
  expect(trace).toEqual([])
})

it('a deviation after a stop is told as such', async () => {
  const parts = {
    'steady-state-hypothesis': hypothesisOf(answer('up', 1, 2)),
    method: [failing({ onFailure: 'stop' })],
  }
  const { journal } = await play({
    ...parts,
    runtime: { hypothesis: { strategy: 'after-method-only' } },
  } as never)
  expect(journal).toMatchObject({ status: 'completed', deviated: true })
})
