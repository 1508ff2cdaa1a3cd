import { describe, expect, it } from 'vitest'
import { eventLines } from './event-lines.ts'
import { sequence } from './sequence-driver.ts'
import { answer, crash, hypothesisOf, play, take, toy } from './toy-experiment.ts'
import { VirtualClock } from './virtual-clock.ts'

const met = hypothesisOf(answer('probe', 1, 1))
const unmet = hypothesisOf(answer('probe', 1, 2))
const method = [take('a', 0.5)]

describe('hypothesis strategies (spec 10)', () => {
  it.each([
    { strategy: 'default', before: true, during: false, after: true },
    { strategy: 'before-method-only', before: true, during: false, after: false },
    { strategy: 'after-method-only', before: false, during: false, after: true },
    { strategy: 'during-method-only', before: false, during: true, after: false },
    { strategy: 'continuously', before: true, during: true, after: true },
    { strategy: 'skip', before: false, during: false, after: false },
  ])('$strategy', async ({ strategy, before, during, after }) => {
    const { journal } = await play(
      { 'steady-state-hypothesis': met, method },
      { strategies: { hypothesis: strategy } },
    )
    const { steady_states: states } = journal
    expect({
      before: states.before !== null,
      during: states.during.length > 0,
      after: states.after !== null,
    }).toEqual({
      before,
      during,
      after,
    })
    expect(journal.status).toBe('completed')
  })

  it.each([
    { name: 'without a hypothesis', parts: { method } },
    { name: 'with one without probes', parts: { 'steady-state-hypothesis': { title: 'none' }, method } },
    { name: 'with one with an empty list', parts: { 'steady-state-hypothesis': hypothesisOf(), method } },
  ])('nothing is checked $name', async ({ parts }) => {
    const { journal } = await play(parts, { strategies: { hypothesis: 'continuously' } })
    expect(journal).toMatchObject({
      status: 'completed',
      steady_states: { before: null, after: null, during: [] },
    })
  })

  it('the first probe out of tolerance ends a check', async () => {
    const probes = hypothesisOf(answer('one', 1, 1), answer('two', 2, 1), answer('three', 1, 1))
    const { journal } = await play({ 'steady-state-hypothesis': probes, method })
    expect(journal.steady_states.before).toMatchObject({
      steady_state_met: false,
      probes: [
        { activity: { name: 'one' }, tolerance_met: true },
        { activity: { name: 'two' }, tolerance_met: false, status: 'succeeded' },
      ],
    })
    expect(journal.run).toEqual([])
  })

  it('the first probe that fails ends a check', async () => {
    const probes = hypothesisOf(toy('probe', 'one', 'fail', {}, { tolerance: null }), answer('two', 1, 1))
    const { journal } = await play({ 'steady-state-hypothesis': probes, method })
    expect(journal.steady_states.before).toMatchObject({
      steady_state_met: false,
      probes: [{ activity: { name: 'one' }, tolerance_met: false, status: 'failed' }],
    })
  })

  it('tells what was expected and what was found', async () => {
    const { events } = await play({
      'steady-state-hypothesis': hypothesisOf(answer('up', 503, [200, 204, 206])),
    })
    expect(events.find(({ type }) => type === 'tolerance-checked')).toMatchObject({
      met: false,
      expected: 'one of [200,204,206]',
      actual: '503',
    })
  })

  it('a tolerance that cannot be judged aborts', async () => {
    const probes = hypothesisOf(answer('up', 'text', [1, 2]))
    const { journal } = await play({ 'steady-state-hypothesis': probes, method })
    expect(journal).toMatchObject({
      status: 'aborted',
      reason: `The tolerance of 'up' cannot be checked: 1 and "text" cannot be put in order`,
      steady_states: { before: null },
    })
  })

  it('an aborted method is not checked after', async () => {
    const { journal } = await play({ 'steady-state-hypothesis': met, method: [crash('a')] })
    expect(journal).toMatchObject({ status: 'aborted', steady_states: { after: null } })
  })

  it('an action in a hypothesis is accepted and judged', async () => {
    const { journal } = await play({
      'steady-state-hypothesis': hypothesisOf(take('a', 0, { tolerance: 'a' })),
    })
    expect(journal.steady_states.before).toMatchObject({ steady_state_met: true })
  })
})

describe('a probe as tolerance (spec 7)', () => {
  const judgedBy = (tolerance: object) =>
    hypothesisOf(answer('count', 12, { type: 'probe', name: 'judge', ...tolerance } as never))

  it.each([
    { name: 'gets the output as `value`', provider: { type: 'toy', func: 'large' }, met: true },
    {
      name: 'keeps its other arguments',
      provider: { type: 'toy', func: 'large', arguments: { from: 20 } },
      met: false,
    },
    {
      name: 'replaces a dummy',
      provider: { type: 'toy', func: 'large', arguments: { value: 0 } },
      met: true,
    },
    { name: 'that fails is not met', provider: { type: 'toy', func: 'fail' }, met: false },
    { name: 'that answers with something falsy is not met', provider: { type: 'raw', say: [] }, met: false },
    { name: 'that answers with any object is met', provider: { type: 'raw', say: { status: 1 } }, met: true },
  ])('$name', async ({ provider, met: isMet }) => {
    const { journal } = await play({ 'steady-state-hypothesis': judgedBy({ provider }), method })
    expect(journal.steady_states.before?.steady_state_met).toBe(isMet)
    expect(journal.experiment).toMatchObject({ 'steady-state-hypothesis': judgedBy({ provider }) })
  })

  it.each([
    {
      name: 'an error nobody foresaw',
      tolerance: { provider: { type: 'raw', crash: 'boom' } },
      reason: 'boom',
    },
    {
      name: 'no provider',
      tolerance: {},
      reason: "The tolerance of 'count' cannot be checked: its probe has no provider",
    },
  ])('with $name aborts', async ({ tolerance, reason }) => {
    const { journal } = await play({ 'steady-state-hypothesis': judgedBy(tolerance), method })
    expect(journal).toMatchObject({ status: 'aborted', reason })
  })
})

describe('rollback strategies (spec 12)', () => {
  const outcomes = {
    completed: { parts: { method }, options: {} },
    deviated: {
      parts: { 'steady-state-hypothesis': unmet, method },
      options: { strategies: { hypothesis: 'after-method-only' } },
    },
    failed: {
      parts: { 'steady-state-hypothesis': hypothesisOf(toy('probe', 'p', 'fail', {}, { tolerance: 1 })) },
      options: {},
    },
    aborted: { parts: { method: [crash('a')] }, options: {} },
    refused: { parts: { 'steady-state-hypothesis': unmet, method }, options: {} },
  } as const

  it.each([
    {
      strategy: 'default',
      played: { completed: true, deviated: true, failed: false, aborted: true, refused: true },
    },
    {
      strategy: 'always',
      played: { completed: true, deviated: true, failed: true, aborted: true, refused: true },
    },
    {
      strategy: 'never',
      played: { completed: false, deviated: false, failed: false, aborted: false, refused: false },
    },
    {
      strategy: 'deviated',
      played: { completed: false, deviated: true, failed: false, aborted: false, refused: false },
    },
    {
      strategy: 'sometimes',
      played: { completed: false, deviated: false, failed: false, aborted: false, refused: false },
    },
  ])('$strategy', async ({ strategy, played }) => {
    for (const [outcome, { parts, options }] of Object.entries(outcomes)) {
      const strategies = { ...('strategies' in options ? options.strategies : {}), rollbacks: strategy }
      const { journal, events } = await play({ ...parts, rollbacks: [take('rollback')] }, { strategies })
      expect({ [outcome]: journal.rollbacks.length > 0 }).toEqual({
        [outcome]: played[outcome as keyof typeof played],
      })
      expect(events.find(({ type }) => type === 'rollbacks-decided')).toMatchObject({
        strategy,
        reason: expect.stringMatching(/\w/),
      })
    }
  })
})

describe('the continuous check (spec 10)', () => {
  const continuously = (frequency: number, more = {}) => ({
    strategies: { hypothesis: 'during-method-only' },
    hypothesisFrequency: frequency,
    ...more,
  })

  async function startsOf(
    parts: Parameters<typeof play>[0],
    options: Parameters<typeof play>[1],
  ): Promise<number[]> {
    const { journal, clock } = await play(parts, options)
    const first = clock.now() - clock.monotonic()
    return journal.steady_states.during.map(({ probes }) => Date.parse(probes[0]?.start ?? '') - first)
  }

  it('begins with the method and goes on to its end, once per period', async () => {
    const parts = { 'steady-state-hypothesis': met, method: [take('a', 3.5)] }
    expect(await startsOf(parts, continuously(1))).toEqual([0, 1000, 2000, 3000])
  })

  it('keeps to its grid however long a check takes', async () => {
    const slow = hypothesisOf(take('slow', 0.3, { tolerance: 'slow' }))
    expect(
      await startsOf({ 'steady-state-hypothesis': slow, method: [take('a', 3.5)] }, continuously(1)),
    ).toEqual([0, 1000, 2000, 3000])
  })

  it('skips the points that a long check missed', async () => {
    const slow = hypothesisOf(take('slow', 1.3, { tolerance: 'slow' }))
    expect(
      await startsOf({ 'steady-state-hypothesis': slow, method: [take('a', 5.5)] }, continuously(1)),
    ).toEqual([0, 2000, 4000])
  })

  it('does not check twice at a point of the grid when a timer fires early', async () => {
    const parts = { 'steady-state-hypothesis': met, method: [take('a', 3.5)] }
    const virtual = new (class extends VirtualClock {
      override sleep(milliseconds: number, signal?: AbortSignal): Promise<void> {
        return super.sleep(milliseconds - 0.4, signal)
      }
    })()
    const { journal } = await play(parts, { ...continuously(1), virtual })
    expect(journal.steady_states.during).toHaveLength(4)
  })

  it('checks at least once beside an empty method', async () => {
    const { journal } = await play({ 'steady-state-hypothesis': met }, continuously(60))
    expect(journal.steady_states.during).toMatchObject([{ steady_state_met: true }])
  })

  it('a period of 0 checks without a pause', async () => {
    const { journal } = await play(
      { 'steady-state-hypothesis': met, method: [take('a', 0.05)] },
      continuously(0),
    )
    expect(journal.steady_states.during.length).toBeGreaterThan(10)
  })

  it('finishes the check it is in when the method ends', async () => {
    const slow = hypothesisOf(take('slow', 10, { tolerance: 'slow' }))
    const { journal, clock } = await play(
      { 'steady-state-hypothesis': slow, method: [take('a', 1)] },
      continuously(1),
    )
    expect(journal.steady_states.during).toMatchObject([{ steady_state_met: true }])
    expect(clock.monotonic()).toBe(10_000)
  })

  it('without fail-fast a deviation changes nothing', async () => {
    const { journal, exitCode } = await play(
      { 'steady-state-hypothesis': unmet, method: [take('a', 2.5)] },
      continuously(1),
    )
    expect(journal).toMatchObject({ status: 'completed', deviated: false })
    expect(journal.steady_states.during).toHaveLength(3)
    expect(exitCode).toBe(0)
  })

  it('fail-fast lets the current activity finish and starts no other', async () => {
    const { trace, journal } = await play(
      { 'steady-state-hypothesis': unmet, method: [take('a', 2), take('b')] },
      continuously(1, { failFast: true }),
    )
    expect(trace).toEqual(['start a', 'end a'])
    expect(journal).toMatchObject({
      status: 'failed',
      reason: "the steady state was lost during the method (check 1): 'probe' is out of tolerance",
    })
    expect(journal.steady_states.during).toHaveLength(1)
  })

  it.each([
    { ratio: 0, checks: 3 },
    { ratio: 33, checks: 3 },
    { ratio: 50, checks: 4 },
    { ratio: 60, checks: 5 },
    { ratio: 100, checks: 11 },
  ])('fail-fast from $ratio % of failed checks on ends after $checks', async ({ ratio, checks }) => {
    // Met twice, then never again.
    const health = sequence([1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0])
    const hypothesis = hypothesisOf({
      type: 'probe',
      name: 'up',
      tolerance: 1,
      provider: { type: 'sequence', func: 'next' },
    })
    const { journal } = await play(
      { 'steady-state-hypothesis': hypothesis, method: [take('a', 10.5)] },
      continuously(1, { failFast: true, failFastRatio: ratio, others: [health] }),
    )
    expect(journal.steady_states.during).toHaveLength(checks)
    expect(journal.status).toBe(ratio === 100 ? 'completed' : 'failed')
  })

  it('`continuously` with fail-fast still checks after the method, which decides', async () => {
    const health = sequence([1, 0, 0])
    const hypothesis = hypothesisOf({
      type: 'probe',
      name: 'up',
      tolerance: 1,
      provider: { type: 'sequence', func: 'next' },
    })
    const { journal } = await play(
      { 'steady-state-hypothesis': hypothesis, method: [take('a', 1.5)], rollbacks: [take('r')] },
      { strategies: { hypothesis: 'continuously' }, failFast: true, others: [health] },
    )
    expect(journal).toMatchObject({ status: 'completed', deviated: true, rollbacks: [{}] })
  })

  it('an error nobody foresaw stops the method after the current activity and skips the check after', async () => {
    const hypothesis = hypothesisOf({ ...crash('probe'), type: 'probe', tolerance: 1 })
    const { trace, events, journal } = await play(
      { 'steady-state-hypothesis': hypothesis, method: [take('a', 1), take('b')], rollbacks: [take('r')] },
      continuously(1),
    )
    expect(trace).toEqual(['start a', 'end a', 'start r', 'end r'])
    expect(eventLines(events)).not.toContain('after: check')
    expect(journal.steady_states.during).toMatchObject([{ steady_state_met: null }])
  })
})
