import { describe, expect, it } from 'vitest'
import { strictFindings } from '../src/index.ts'
import { answer, hypothesisOf, play, take, toy } from './toy-experiment.ts'

describe('a strict run', () => {
  it.each([
    {
      name: 'a gate that is not met',
      parts: { 'steady-state-hypothesis': hypothesisOf(answer('probe', 1, 2)), method: [take('a')] },
      findings: ['The steady state was not met before the method'],
    },
    {
      name: 'a failed action',
      parts: { method: [toy('action', 'a', 'fail'), take('b')] },
      findings: ["'a' failed"],
    },
    {
      name: 'a failed probe of the method',
      parts: { method: [toy('probe', 'p', 'fail', {}, { tolerance: 1 })] },
      findings: ["'p' failed"],
    },
    {
      name: 'a failed rollback',
      parts: { rollbacks: [toy('action', 'r', 'fail')] },
      findings: ["'r' failed"],
    },
    {
      name: 'a probe of the method out of its tolerance',
      parts: { method: [answer('p', 1, 2), answer('q', 1, 1)] },
      findings: ["'p' was out of its tolerance"],
    },
    {
      name: 'one in the background',
      parts: { method: [{ ...answer('p', 1, 2), background: true }] },
      findings: ["'p' was out of its tolerance"],
    },
    {
      name: 'a tolerance that does not fit the answer',
      parts: { method: [answer('p', { no: 'number' }, { type: 'range', range: [1, 2] })] },
      findings: ["'p' was out of its tolerance"],
    },
  ])('does not accept $name', async ({ parts, findings }) => {
    const lenient = await play(parts)
    expect(lenient.exitCode).toBe(0)
    const strict = await play(parts, { strict: true })
    expect(strict.journal.status).toBe('completed')
    expect(strictFindings(strict.journal)).toEqual(findings)
    expect(strict.exitCode).toBe(1)
  })

  it('accepts what is as it should be', async () => {
    const parts = {
      'steady-state-hypothesis': hypothesisOf(answer('probe', 1, 1)),
      method: [answer('p', 1, 1), toy('probe', 'no tolerance', 'answer', { value: 1 }), take('a')],
    }
    const { exitCode, journal } = await play(parts, { strict: true })
    expect(exitCode).toBe(0)
    expect(journal.run.map(({ tolerance_met }) => tolerance_met)).toEqual([true, undefined, undefined])
  })

  it('judges a probe that stands by its name with the tolerance written beside that name', async () => {
    const parts = { method: [answer('p', 1, 1), { ref: 'p', tolerance: 2 }] }
    const { journal } = await play(parts, { strict: true })
    expect(journal.run.map(({ tolerance_met }) => tolerance_met)).toEqual([true, false])
  })
})

it('leaves the journal of any other run as it was', async () => {
  const { journal, events } = await play({ method: [answer('p', 1, 2)] })
  expect(journal.run[0]).not.toHaveProperty('tolerance_met')
  expect(events.some(({ type }) => type === 'tolerance-checked')).toBe(false)
})

describe('a run of some parts', () => {
  const parts = {
    'steady-state-hypothesis': hypothesisOf(answer('probe', 1, 2)),
    method: [take('method')],
    rollbacks: [take('rollback')],
  }

  it('checks the steady state once, and a state that is not met is a deviation', async () => {
    const { journal, exitCode } = await play(parts, { only: ['hypothesis'] })
    expect(journal).toMatchObject({ deviated: true, run: [], rollbacks: [] })
    expect(journal.steady_states.before).toBeNull()
    expect(journal.steady_states.after).toMatchObject({ steady_state_met: false })
    expect(exitCode).toBe(1)
  })

  it.each([
    { only: ['method'] as const, run: 1, rollbacks: 0 },
    { only: ['rollbacks'] as const, run: 0, rollbacks: 1 },
    { only: ['method', 'rollbacks'] as const, run: 1, rollbacks: 1 },
  ])('plays $only and asks no probe', async ({ only, run, rollbacks }) => {
    const { journal } = await play(parts, { only })
    expect(journal.steady_states).toEqual({ before: null, after: null, during: [] })
    expect([journal.run.length, journal.rollbacks.length]).toEqual([run, rollbacks])
    expect(journal).toMatchObject({ status: 'completed', deviated: false })
  })
})
