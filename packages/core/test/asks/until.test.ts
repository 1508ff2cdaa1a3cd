import { ActivityFailed, type Driver, defineDriver, defineProbe, type JsonValue } from '@squall/contract'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { foldJournal, type Run } from '../../src/index.ts'
import { answer, crash, hypothesisOf, type Played, play, take, toy } from '../toy-experiment.ts'

interface Told {
  readonly answer?: JsonValue
  readonly fail?: string
  readonly crash?: string
  readonly seconds?: number
}

/** A driver whose probe answers, fails or takes long in turn; the last of them again and again. */
function inTurn(...turns: readonly Told[]): Driver {
  let asked = 0
  return defineDriver({
    name: 'turns',
    contract: 1,
    summary: 'Takes turns.',
    activities: {
      next: defineProbe({
        summary: 'Answers in turn.',
        args: z.strictObject({}),
        run: async (_args, { clock, signal }) => {
          const turn = turns[Math.min(asked, turns.length - 1)] ?? {}
          asked += 1
          if (turn.seconds) await clock.sleep(turn.seconds * 1000, signal)
          if (turn.fail) throw new ActivityFailed(turn.fail)
          return turn.answer ?? null
        },
      }),
    },
    providers: {
      odd: {
        summary: 'Stops on errors nobody foresaw, in turn.',
        schema: { type: 'object' },
        validate: async () => [],
        targets: async () => [],
        run: async () => {
          const turn = turns[Math.min(asked, turns.length - 1)] ?? {}
          asked += 1
          if (turn.crash) throw new TypeError(turn.crash)
          return turn.answer ?? null
        },
      },
    },
  })
}

const next = { type: 'turns', func: 'next' }
const down = { answer: { status: 503 } }
const up = { answer: { status: 200 } }

function recovered(until: JsonValue, more: object = {}): JsonValue {
  return { type: 'probe', name: 'recovered', provider: next, until, ...more } as JsonValue
}

const until = { tolerance: 200, interval: 2, timeout: 10 }

function attemptsOf({ events }: Played): unknown[] {
  return events.flatMap((event) =>
    event.type === 'attempt-completed' ? [[event.attempt, event.status, event.met]] : [],
  )
}

describe('a probe is asked until its tolerance holds', () => {
  it('the journal has the recovery time, and each asking is an event', async () => {
    const others = [inTurn(down, { fail: 'refused' }, up)]
    const played = await play({ method: [recovered(until)] }, { others })
    expect(played.journal.run).toMatchObject([
      {
        status: 'succeeded',
        output: { status: 200 },
        tolerance_met: true,
        until: { attempts: 3, waited: 4 },
      },
    ])
    expect(attemptsOf(played)).toEqual([
      [1, 'succeeded', false],
      [2, 'failed', false],
      [3, 'succeeded', true],
    ])
    expect(played.journal).toMatchObject({ status: 'completed', deviated: false })
    expect(foldJournal(played.events)).toEqual(played.journal)
  })

  it('one that holds at once is asked once', async () => {
    const { journal, clock } = await play({ method: [recovered(until)] }, { others: [inTurn(up)] })
    expect(journal.run[0]).toMatchObject({ tolerance_met: true, until: { attempts: 1, waited: 0 } })
    expect(clock.monotonic()).toBe(0)
  })

  it('one that never holds ends in time, with what it answered last', async () => {
    const played = await play({ method: [recovered(until), take('next')] }, { others: [inTurn(down)] })
    expect(played.journal.run[0]).toMatchObject({
      status: 'succeeded',
      output: { status: 503 },
      tolerance_met: false,
      until: { attempts: 5, waited: 8 },
    })
    expect(played.trace).toEqual(['start next', 'end next'])
    expect(played.exitCode).toBe(0)
  })

  it('one that fails to the end has failed', async () => {
    const others = [inTurn({ fail: 'refused' })]
    const { journal } = await play({ method: [recovered(until)] }, { others })
    expect(journal.run[0]).toMatchObject({ status: 'failed', tolerance_met: false, until: { attempts: 5 } })
    expect(journal.run[0]?.exception?.at(-1)).toContain('refused')
  })

  it('an asking that takes too long is ended in time', async () => {
    const others = [inTurn({ seconds: 60 })]
    const { journal, clock } = await play({ method: [recovered(until)] }, { others })
    expect(journal.run[0]).toMatchObject({ status: 'failed', until: { attempts: 1, waited: 10 } })
    expect(journal.run[0]?.exception?.at(-1)).toContain('when the 10 s of its `until` were over')
    expect(clock.monotonic()).toBe(10_000)
  })

  it('its own limit holds for each asking', async () => {
    const others = [inTurn({ seconds: 60 }, up)]
    const { journal } = await play({ method: [recovered(until, { max_duration: 1 })] }, { others })
    expect(journal.run[0]).toMatchObject({ status: 'succeeded', until: { attempts: 2, waited: 2 } })
  })

  it('askings stay on their grid: what takes long skips points and does not shift them', async () => {
    const others = [inTurn({ seconds: 3 }, { seconds: 0.5 }, up)]
    const { journal } = await play({ method: [recovered(until)] }, { others })
    expect(journal.run[0]?.until).toEqual({ attempts: 3, waited: 6 })
  })

  it('an error nobody foresaw is an asking that failed', async () => {
    const probe = { type: 'probe', name: 'odd', provider: { type: 'odd' }, until }
    const { journal } = await play({ method: [probe] }, { others: [inTurn({ crash: 'cut off' }, up)] })
    expect(journal).toMatchObject({
      status: 'completed',
      run: [{ tolerance_met: true, until: { attempts: 2 } }],
    })
  })

  it('and ends the method when it is still there at the end, as it does without `until`', async () => {
    const probe = { type: 'probe', name: 'odd', provider: { type: 'odd' }, until }
    const { journal } = await play({ method: [probe] }, { others: [inTurn({ crash: 'cut off' })] })
    expect(journal).toMatchObject({ status: 'aborted', run: [{ until: { attempts: 5 } }] })
    expect(journal.run[0]).not.toHaveProperty('status')
  })

  it('an answer that does not fit the tolerance is out of it', async () => {
    const tolerance = { type: 'range', range: [1, 2], target: 'x' }
    const method = [recovered({ ...until, tolerance })]
    const { journal } = await play({ method }, { others: [inTurn({ answer: null }, { answer: { x: 1 } })] })
    expect(journal.run[0]).toMatchObject({ tolerance_met: true, until: { attempts: 2 } })
  })

  it('the tolerance of the probe itself counts where `until` has none', async () => {
    const method = [recovered({ timeout: 9 }, { tolerance: 200 })]
    const { journal } = await play({ method }, { others: [inTurn(down, up)] })
    expect(journal.run[0]).toMatchObject({ tolerance_met: true, until: { attempts: 2, waited: 1 } })
  })

  it('times may be values of the configuration', async () => {
    const configuration = { patience: 4, pace: 1 }
    const method = [recovered({ tolerance: 200, timeout: '${patience}', interval: '${pace}' })]
    const { journal } = await play({ configuration, method }, { others: [inTurn(down)] })
    expect(journal.run[0]?.until).toEqual({ attempts: 4, waited: 3 })
  })

  it('what is no time fails the activity', async () => {
    const method = [recovered({ tolerance: 200, timeout: '${nobody}' })]
    const { journal } = await play({ method }, { others: [inTurn(down)] })
    expect(journal.run[0]?.exception?.at(-1)).toContain('Its `until.timeout` is ${nobody}')
  })

  it('also in rollbacks and in the background', async () => {
    const parts = { method: [recovered(until, { background: true })], rollbacks: [recovered(until)] }
    const { journal } = await play(parts, { others: [inTurn(down, up)] })
    expect(journal.run[0]).toMatchObject({ tolerance_met: true, until: { attempts: 2 } })
    expect(journal.rollbacks[0]).toMatchObject({ tolerance_met: true, until: { attempts: 1 } })
  })
})

describe('in a hypothesis', () => {
  it('the tolerance of the entry counts, also of a ref', async () => {
    const parts = {
      'steady-state-hypothesis': hypothesisOf({ ref: 'recovered', tolerance: 200 }),
      method: [recovered({ timeout: 10, interval: 1, tolerance: undefined } as never, { tolerance: 503 })],
      runtime: { hypothesis: { strategy: 'after-method-only' } },
    }
    const { journal } = await play(parts, { others: [inTurn(down, down, up)] })
    expect(journal.steady_states.after).toMatchObject({
      steady_state_met: true,
      probes: [{ tolerance_met: true, until: { attempts: 2, waited: 1 } }],
    })
  })

  it('a steady state that does not come back in time deviated', async () => {
    const probe = { ...(recovered({ timeout: 3 }) as object), tolerance: 200 }
    const others = [inTurn(up, down)]
    const { journal } = await play({ 'steady-state-hypothesis': hypothesisOf(probe) }, { others })
    expect(journal).toMatchObject({ status: 'completed', deviated: true })
    expect(journal.steady_states.after?.probes).toMatchObject([{ until: { attempts: 3, waited: 2 } }])
  })

  it('each probe is judged once', async () => {
    const probe = { ...(recovered({ timeout: 3 }) as object), tolerance: 200 }
    const { events } = await play(
      { 'steady-state-hypothesis': hypothesisOf(probe) },
      { others: [inTurn(up)] },
    )
    expect(events.filter(({ type }) => type === 'tolerance-checked')).toHaveLength(2)
  })
})

it.each(['probes', 'activities'] as const)('a dry run (%s) waits for nothing', async (dry) => {
  const { journal, clock } = await play({ method: [recovered(until)] }, { dry, others: [inTurn(down)] })
  expect(journal.run).toMatchObject([{ status: 'succeeded', output: null, tolerance_met: true }])
  expect(journal.run[0]).not.toHaveProperty('until')
  expect(clock.monotonic()).toBe(0)
})

describe('interrupted', () => {
  it.each([
    { when: 'while it waits', seconds: 0, after: 1, attempts: 2, elapsed: 2000 },
    { when: 'while it asks', seconds: 1, after: 1, attempts: 2, elapsed: 3000 },
  ])('$when it is cut short', async ({ seconds, after, attempts, elapsed }) => {
    let run: Run | undefined
    const others = [inTurn(down, { ...down, seconds })]
    const played = await play(
      { method: [recovered(until), take('next')], rollbacks: [take('back')] },
      {
        others,
        strategies: { rollbacks: 'always' },
        onStart: (started) => {
          run = started
        },
        onEvent: (event) => {
          if (event.type === 'attempt-completed' && event.attempt === after + 1)
            setImmediate(() => run?.interrupt('SIGINT'))
        },
      },
    )
    expect(played.journal).toMatchObject({
      status: 'interrupted',
      run: [{ output: null, until: { attempts } }],
    })
    expect(played.journal.run[0]).not.toHaveProperty('status')
    expect(played.trace).toEqual(['start back', 'end back'])
    expect(played.clock.monotonic()).toBe(elapsed)
  })
})

describe('retry', () => {
  const failing = { fail: 'not yet' }

  it.each([
    { name: 'until it works', turns: [failing, failing, up], attempts: 3, status: 'succeeded', waited: 4 },
    { name: 'no more often than that', turns: [failing], attempts: 4, status: 'failed', waited: 6 },
    { name: 'once where it works', turns: [up], attempts: 1, status: 'succeeded', waited: 0 },
  ])('tries again, $name', async ({ turns, attempts, status, waited }) => {
    const method = [{ type: 'probe', name: 'try', provider: next, retry: { attempts: 4, interval: 2 } }]
    const played = await play({ method }, { others: [inTurn(...turns)] })
    expect(played.journal.run).toMatchObject([{ status, retry: { attempts, waited } }])
    expect(attemptsOf(played)).toHaveLength(attempts)
  })

  it('actions too; each attempt keeps its own limit', async () => {
    const action = take('slow', 5, { max_duration: 1, retry: { attempts: 2, interval: 1 } })
    const { journal, clock } = await play({ method: [action] })
    expect(journal.run[0]).toMatchObject({ status: 'failed', retry: { attempts: 2, waited: 3 } })
    expect(clock.monotonic()).toBe(3000)
  })

  it('what is undone is undone once for each attempt', async () => {
    const harm = toy(
      'action',
      'h',
      'harm',
      { thing: 'x', seconds: 5 },
      { max_duration: 1, retry: { attempts: 2 } },
    )
    const { trace } = await play({ method: [harm] })
    expect(trace.filter((line) => line.startsWith('break'))).toHaveLength(2)
    expect(trace.filter((line) => line.startsWith('mend'))).toHaveLength(2)
  })

  it('an error nobody foresaw ends the method after the last attempt', async () => {
    const { journal } = await play({ method: [{ ...crash('odd'), retry: { attempts: 2 } }] })
    expect(journal).toMatchObject({ status: 'aborted', run: [{ retry: { attempts: 2 } }] })
  })

  it('a value of another shape is none of ours', async () => {
    const { journal } = await play({
      method: [{ ...answer('a', 1, null), retry: 3, until: 'noon', repeat: 2 }],
    })
    expect(journal.run).toHaveLength(1)
    expect(journal.run[0]).not.toHaveProperty('retry')
  })
})
