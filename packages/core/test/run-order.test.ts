import type { JsonValue } from '@squall/contract'
import { describe, expect, it } from 'vitest'
import { eventLines } from './event-lines.ts'
import { answer, crash, experimentOf, harm, hypothesisOf, play, take, toy } from './toy-experiment.ts'

const names = (runs: readonly { activity: Record<string, unknown> }[]): unknown[] =>
  runs.map(({ activity }) => activity['name'])

it('plays check, method, check, rollbacks and undo in this order (spec 9)', async () => {
  const { events } = await play({
    'steady-state-hypothesis': hypothesisOf(answer('up', 1, 1)),
    method: [harm('lamp', { pauses: { before: 1, after: 2 } }), take('look')],
    rollbacks: [take('tidy')],
  })
  expect(eventLines(events)).toEqual([
    'run-started',
    'before: check',
    'before: start up',
    'end up: succeeded',
    'up is met',
    'before: true',
    'method-started',
    'pause 1 s before harm lamp',
    'method: start harm lamp',
    'undo-registered',
    'end harm lamp: succeeded',
    'pause 2 s after harm lamp',
    'method: start look',
    'end look: succeeded',
    'method-completed',
    'after: check',
    'after: start up',
    'end up: succeeded',
    'up is met',
    'after: true',
    'rollbacks: yes',
    'rollbacks-started',
    'rollbacks: start tidy',
    'end tidy: succeeded',
    'rollbacks-completed',
    'undo 1: undone',
    'run completed',
  ])
})

it('numbers events from 1 without gaps, in the order of time', async () => {
  const { events } = await play({ method: [take('a', 1), take('b', 2, { background: true }), take('c', 1)] })
  expect(events.map(({ seq }) => seq)).toEqual(events.map((_, index) => index + 1))
  const times = events.map(({ time }) => time)
  expect(times).toEqual([...times].sort((a, b) => a - b))
})

it('writes the journal of the reference (spec 15)', async () => {
  const method = [take('a', 1.5), toy('action', 'b', 'fail')]
  const { journal } = await play({ method, 'steady-state-hypothesis': hypothesisOf(answer('up', 1, 1)) })
  const { 'squall-version': squallVersion, platform, node, experiment, run, ...rest } = journal
  expect(Object.keys(journal)).toEqual([
    'chaoslib-version',
    'squall-version',
    'platform',
    'node',
    'experiment',
    'start',
    'status',
    'deviated',
    'steady_states',
    'run',
    'rollbacks',
    'end',
    'duration',
  ])
  expect([squallVersion, platform, node].every((text) => text.length > 0)).toBe(true)
  expect(experiment).toEqual({
    ...experimentOf({ method, 'steady-state-hypothesis': hypothesisOf(answer('up', 1, 1)) }),
    dry: null,
  })
  expect(run).toEqual([
    {
      activity: method[0],
      output: 'a',
      start: '2026-01-02T03:04:05+00:00',
      status: 'succeeded',
      end: '2026-01-02T03:04:06.500000+00:00',
      duration: 1.5,
    },
    {
      activity: method[1],
      output: null,
      start: '2026-01-02T03:04:06.500000+00:00',
      status: 'failed',
      exception: ['ActivityFailed: it was told to\n'],
      end: '2026-01-02T03:04:06.500000+00:00',
      duration: 0,
    },
  ])
  expect(Object.keys(run[1] ?? {})).toEqual([
    'activity',
    'output',
    'start',
    'status',
    'exception',
    'end',
    'duration',
  ])
  const { before, after, during } = rest.steady_states
  expect(before).toEqual(
    after === null ? null : { ...after, probes: [expect.objectContaining({ tolerance_met: true })] },
  )
  expect(during).toEqual([])
  expect(rest).toMatchObject({
    'chaoslib-version': '1.45.0',
    start: '2026-01-02T03:04:05+00:00',
    status: 'completed',
    deviated: false,
    rollbacks: [],
    end: '2026-01-02T03:04:06.500000+00:00',
    duration: 1.5,
  })
})

it('substitutes the title, and nothing else of what the journal shows', async () => {
  const { journal } = await play({
    title: 'Kill ${what}',
    description: 'It is ${what}',
    configuration: { what: 'A' },
    method: [take('${what}')],
  })
  expect(journal.experiment).toMatchObject({ title: 'Kill A', description: 'It is ${what}' })
  expect(journal.run[0]).toMatchObject({
    output: 'A',
    activity: { name: '${what}', provider: { arguments: { name: '${what}' } } },
  })
})

describe('pauses (spec 5.2)', () => {
  it.each<{ name: string; pauses: JsonValue; configuration?: Record<string, JsonValue>; seconds: number }>([
    { name: 'none', pauses: {}, seconds: 0 },
    { name: 'before and after', pauses: { before: 1, after: 2 }, seconds: 3 },
    { name: 'fractions', pauses: { before: 0.25 }, seconds: 0.25 },
    { name: 'nothing to wait for', pauses: { before: 0, after: null }, seconds: 0 },
    {
      name: 'a value of the configuration',
      pauses: { after: '${wait}' },
      configuration: { wait: 4 },
      seconds: 4,
    },
    {
      name: 'falsy values of the configuration',
      pauses: { after: '${wait}' },
      configuration: { wait: [] },
      seconds: 0,
    },
    {
      name: 'true, which Python takes for one',
      pauses: { after: '${wait}' },
      configuration: { wait: true },
      seconds: 1,
    },
    { name: 'odd shapes are none', pauses: 'after:10', seconds: 0 },
    { name: 'longer than a timer of Node can be', pauses: { after: 3_000_000 }, seconds: 3_000_000 },
  ])('$name', async ({ pauses, configuration = {}, seconds }) => {
    const { journal, clock } = await play({ configuration, method: [take('a', 0, { pauses })] })
    expect(journal.status).toBe('completed')
    expect(clock.monotonic()).toBe(seconds * 1000)
    expect(journal.run[0]?.duration).toBe(0)
  })

  it.each([
    { pauses: { after: '${wait}' }, wait: 'a text', shown: 'a text' },
    { pauses: { after: '${wait}' }, wait: 'true', shown: 'true' },
    { pauses: { after: '${unknown}' }, wait: 1, shown: '${unknown}' },
    { pauses: { after: -1 }, wait: 1, shown: '-1' },
    { pauses: { after: Number.NaN }, wait: 1, shown: 'null' },
    { pauses: { after: Number.POSITIVE_INFINITY }, wait: 1, shown: 'null' },
  ])('$pauses.after with $wait aborts the method', async ({ pauses, wait, shown }) => {
    const { journal } = await play({ configuration: { wait }, method: [take('a', 0, { pauses }), take('b')] })
    expect(journal).toMatchObject({
      status: 'aborted',
      reason: `'a' stopped on an unexpected error: a pause of ${shown} is no number of seconds`,
    })
    expect(names(journal.run)).toEqual(['a'])
  })

  it('is kept after a failed activity', async () => {
    const { clock } = await play({ method: [toy('action', 'a', 'fail', {}, { pauses: { after: 7 } })] })
    expect(clock.monotonic()).toBe(7000)
  })

  it('is kept after an error nobody foresaw', async () => {
    const { clock, journal } = await play({ method: [{ ...crash('a'), pauses: { after: 7 } }] })
    expect(clock.monotonic()).toBe(7000)
    expect(journal.status).toBe('aborted')
  })
})

describe('refs (spec 5.1)', () => {
  it('stand for the activity of that name, with its own pauses', async () => {
    const { journal, clock } = await play({
      method: [take('a', 1, { pauses: { after: 1 } }), { ref: 'a', pauses: { after: 99 } }],
    })
    expect(names(journal.run)).toEqual(['a', 'a'])
    expect(clock.monotonic()).toBe(4000)
  })

  it('find the last activity of a name, those of the hypothesis after those of the method', async () => {
    const { journal } = await play({
      'steady-state-hypothesis': hypothesisOf(answer('same', 'hypothesis', 'hypothesis')),
      method: [answer('same', 'first', null), answer('same', 'second', null), { ref: 'same' }],
    })
    expect(journal.run.map(({ output }) => output)).toEqual(['first', 'second', 'hypothesis'])
  })

  it('take `background` from the entry, not from what they stand for', async () => {
    const { trace } = await play({
      method: [
        take('a', 5, { background: true }),
        { ref: 'a' },
        { ref: 'a', background: true },
        take('b', 1),
      ],
    })
    expect(trace).toEqual(['start a', 'start a', 'end a', 'end a', 'start a', 'start b', 'end b', 'end a'])
  })

  it('take `tolerance` from the entry', async () => {
    const { journal } = await play({
      'steady-state-hypothesis': hypothesisOf({ ref: 'five', tolerance: 5 }),
      method: [answer('five', 5, 'never')],
    })
    expect(journal.steady_states.before).toMatchObject({
      steady_state_met: true,
      probes: [{ activity: { name: 'five' } }],
    })
  })

  it('may be rollbacks', async () => {
    const { journal } = await play({ method: [take('a')], rollbacks: [{ ref: 'a' }] })
    expect(names(journal.rollbacks)).toEqual(['a'])
  })

  it('of null are no refs', async () => {
    const { journal } = await play({ method: [take('a', 0, { ref: null })] })
    expect(journal.status).toBe('completed')
  })

  it.each([
    {
      name: 'in the method',
      parts: { method: [take('a'), { ref: 'x' }, take('b')] },
      run: ['a'],
      status: 'aborted',
    },
    {
      name: 'in the hypothesis',
      parts: { 'steady-state-hypothesis': hypothesisOf({ ref: 'x', tolerance: 1 }), method: [take('a')] },
      run: [],
      status: 'aborted',
    },
    {
      name: 'in the rollbacks',
      parts: { method: [take('a')], rollbacks: [{ ref: 'x' }, take('b')] },
      run: ['a'],
      status: 'aborted',
    },
  ])('that lead nowhere $name abort', async ({ parts, run, status }) => {
    const { journal, exitCode } = await play(parts)
    expect(journal).toMatchObject({
      status,
      reason: "'ref' names 'x', which is no activity of the method or the hypothesis",
    })
    expect(names(journal.run)).toEqual(run)
    expect(journal.steady_states.before).toBeNull()
    expect(exitCode).toBe(1)
  })
})

describe('background activities (spec 11)', () => {
  it('run beside the others and are awaited before the check after', async () => {
    const { events, trace, clock } = await play({
      'steady-state-hypothesis': hypothesisOf(answer('up', 1, 1)),
      method: [take('long', 10, { background: true }), take('a', 1), take('b', 1)],
    })
    expect(trace).toEqual(['start long', 'start a', 'end a', 'start b', 'end b', 'end long'])
    const lines = eventLines(events)
    expect(lines.indexOf('end long: succeeded')).toBeLessThan(lines.indexOf('method-completed'))
    expect(lines.indexOf('method-completed')).toBeLessThan(lines.indexOf('after: check'))
    expect(clock.monotonic()).toBe(10_000)
  })

  it('overlap each other', async () => {
    const { clock, journal } = await play({
      method: [1, 2, 3].map((seconds) => take(`b${seconds}`, seconds, { background: true })),
    })
    expect(clock.monotonic()).toBe(3000)
    expect(names(journal.run)).toEqual(['b1', 'b2', 'b3'])
  })

  it('stand in the journal in the order in which they started', async () => {
    const { journal } = await play({
      method: [take('late', 1, { background: true, pauses: { before: 5 } }), take('a', 1), take('b', 9)],
    })
    expect(names(journal.run)).toEqual(['a', 'b', 'late'])
  })

  it('that fail are failed', async () => {
    const { journal } = await play({ method: [toy('action', 'a', 'fail', {}, { background: true })] })
    expect(journal).toMatchObject({ status: 'completed', run: [{ status: 'failed' }] })
  })

  it('that stop on an error nobody foresaw have no status, and the run goes on', async () => {
    const { journal, events } = await play({ method: [{ ...crash('a'), background: true }, take('b')] })
    expect(journal.status).toBe('completed')
    expect(journal.run[0]).not.toHaveProperty('status')
    expect(journal.run[1]?.status).toBe('succeeded')
    expect(eventLines(events)).toContain("error: 'a' stopped on an unexpected error: boom")
  })

  it('of rollbacks are awaited too', async () => {
    const { trace } = await play({ rollbacks: [take('long', 5, { background: true }), take('a', 1)] })
    expect(trace).toEqual(['start long', 'start a', 'end a', 'end long'])
  })

  it('may be many without Node taking them for a leak', async () => {
    const warnings: Error[] = []
    const listen = (warning: Error): void => void warnings.push(warning)
    process.on('warning', listen)
    await play({
      method: Array.from({ length: 50 }, (_, index) => take(`b${index}`, 1, { background: true })),
    })
    await new Promise((resolve) => setImmediate(resolve))
    process.off('warning', listen)
    expect(warnings).toEqual([])
  })
})

describe('rollbacks (spec 12)', () => {
  it('go on after a failed one, whose status changes nothing', async () => {
    const { journal, exitCode } = await play({ rollbacks: [toy('action', 'a', 'fail'), take('b')] })
    expect(journal).toMatchObject({
      status: 'completed',
      rollbacks: [{ status: 'failed' }, { status: 'succeeded' }],
    })
    expect(exitCode).toBe(0)
  })

  it('stop on an error nobody foresaw', async () => {
    const { journal, exitCode } = await play({ rollbacks: [crash('a'), take('b')] })
    expect(journal).toMatchObject({ status: 'aborted', reason: "'a' stopped on an unexpected error: boom" })
    expect(names(journal.rollbacks)).toEqual(['a'])
    expect(exitCode).toBe(1)
  })
})
