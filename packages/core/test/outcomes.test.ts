import { describe, expect, it } from 'vitest'
import { answer, crash, hypothesisOf, type PlayOptions, play, take, toy } from './toy-experiment.ts'

const met = answer('probe', 1, 1)
const unmet = answer('probe', 1, 2)
const failing = toy('probe', 'probe', 'fail', {}, { tolerance: 1 })
const broken = { ...crash('probe'), type: 'probe', tolerance: 1 }

interface Row {
  readonly event: string
  readonly parts: Parameters<typeof play>[0]
  readonly options?: PlayOptions
  readonly status: string
  readonly deviated: boolean
  readonly rollbacks: boolean
  readonly exit: 0 | 1
}

const rollbacks = [take('rollback')]
const method = [take('a')]

// The rows of spec 13, in its order.
describe('status, deviation, rollbacks and exit code (spec 13)', () => {
  it.each<Row>([
    {
      event: 'all fine',
      parts: { 'steady-state-hypothesis': hypothesisOf(met), method },
      status: 'completed',
      deviated: false,
      rollbacks: true,
      exit: 0,
    },
    {
      event: 'an action failed',
      parts: { method: [toy('action', 'a', 'fail')] },
      status: 'completed',
      deviated: false,
      rollbacks: true,
      exit: 0,
    },
    {
      event: 'a probe of the method failed, and its tolerance is not met',
      parts: { method: [toy('probe', 'a', 'fail', {}, { tolerance: 1 }), answer('b', 1, 2)] },
      status: 'completed',
      deviated: false,
      rollbacks: true,
      exit: 0,
    },
    {
      event: 'gate out of tolerance',
      parts: { 'steady-state-hypothesis': hypothesisOf(unmet), method },
      status: 'completed',
      deviated: false,
      rollbacks: true,
      exit: 0,
    },
    {
      event: 'a probe of the gate failed',
      parts: { 'steady-state-hypothesis': hypothesisOf(failing), method },
      status: 'failed',
      deviated: false,
      rollbacks: false,
      exit: 1,
    },
    {
      event: 'after check out of tolerance',
      parts: { 'steady-state-hypothesis': hypothesisOf(unmet), method },
      options: { strategies: { hypothesis: 'after-method-only' } },
      status: 'completed',
      deviated: true,
      rollbacks: true,
      exit: 1,
    },
    {
      event: 'a probe of the after check failed',
      parts: { 'steady-state-hypothesis': hypothesisOf(failing), method },
      options: { strategies: { hypothesis: 'after-method-only' } },
      status: 'failed',
      deviated: true,
      rollbacks: false,
      exit: 1,
    },
    {
      event: 'deviation during the method, no fail-fast',
      parts: { 'steady-state-hypothesis': hypothesisOf(unmet), method },
      options: { strategies: { hypothesis: 'during-method-only' } },
      status: 'completed',
      deviated: false,
      rollbacks: true,
      exit: 0,
    },
    {
      event: 'fail-fast',
      parts: { 'steady-state-hypothesis': hypothesisOf(unmet), method: [take('a', 1), take('b')] },
      options: { strategies: { hypothesis: 'during-method-only' }, failFast: true },
      status: 'failed',
      deviated: false,
      rollbacks: false,
      exit: 1,
    },
    {
      event: 'an error nobody foresaw in the method',
      parts: { method: [crash('a')] },
      status: 'aborted',
      deviated: false,
      rollbacks: true,
      exit: 1,
    },
    {
      event: 'an error nobody foresaw in the continuous check',
      parts: { 'steady-state-hypothesis': hypothesisOf(broken), method: [take('a', 1), take('b')] },
      options: { strategies: { hypothesis: 'during-method-only' } },
      status: 'aborted',
      deviated: false,
      rollbacks: true,
      exit: 1,
    },
    {
      event: 'an error nobody foresaw in the gate, where the reference crashes',
      parts: { 'steady-state-hypothesis': hypothesisOf(broken), method },
      status: 'aborted',
      deviated: false,
      rollbacks: true,
      exit: 1,
    },
    ...(['SIGINT', 'SIGTERM', 'SIGUSR1', 'abort'] as const).map(
      (by): Row => ({
        event: by,
        parts: { method: [take('a', 10)] },
        options: { onStart: (run) => setImmediate(() => run.interrupt(by)) },
        status: 'interrupted',
        deviated: false,
        rollbacks: false,
        exit: 1,
      }),
    ),
  ])('$event', async ({ parts, options, status, deviated, rollbacks: played, exit }) => {
    const { journal, exitCode, ...finished } = await play({ ...parts, rollbacks }, options)
    expect({
      status: journal.status,
      deviated: journal.deviated,
      rollbacks: journal.rollbacks.length > 0,
      exit: exitCode,
    }).toEqual({
      status,
      deviated,
      rollbacks: played,
      exit,
    })
    expect(finished).toMatchObject({ status, deviated })
    if (status !== 'completed') expect(journal.reason).toMatch(/\w/)
  })

  it('SIGUSR2: interrupted, and no rollbacks whatever the strategy', async () => {
    const { journal, exitCode } = await play(
      { method: [take('a', 10)], rollbacks },
      {
        strategies: { rollbacks: 'always' },
        onStart: (run) => setImmediate(() => run.interrupt('SIGUSR2')),
      },
    )
    expect(journal).toMatchObject({ status: 'interrupted', rollbacks: [] })
    expect(exitCode).toBe(1)
  })

  it.each([
    { name: 'all went well', parts: { method }, reason: undefined },
    {
      name: 'the gate was not met',
      parts: { 'steady-state-hypothesis': hypothesisOf(unmet), method },
      reason: "the steady state was not met before the method: 'probe' is out of tolerance",
    },
    {
      name: 'a probe of the gate failed',
      parts: { 'steady-state-hypothesis': hypothesisOf(failing), method },
      reason: "the steady state was not met before the method: the probe 'probe' failed",
    },
    {
      name: 'the method stopped',
      parts: { method: [crash('a', 'The roof is on fire.')] },
      reason: "'a' stopped on an unexpected error: The roof is on fire",
    },
  ])('the journal says why: $name', async ({ parts, reason }) => {
    expect((await play(parts)).journal.reason).toBe(reason)
  })
})
