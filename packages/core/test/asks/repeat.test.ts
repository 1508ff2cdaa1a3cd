import type { JsonValue } from '@squall/contract'
import { describe, expect, it } from 'vitest'
import type { Run } from '../../src/index.ts'
import { sequence } from '../sequence-driver.ts'
import { answer, type Played, play, take, toy } from '../toy-experiment.ts'

const repeatsOf = ({ journal }: Played): unknown[] => journal.run.map(({ repeat }) => repeat ?? null)

function inSequence(repeat: JsonValue, more: object = {}): JsonValue {
  const provider = { type: 'sequence', func: 'next' }
  return { type: 'probe', name: 'next', provider, repeat, ...more } as JsonValue
}

describe('an activity is played several times', () => {
  it('each time has an entry in the journal', async () => {
    const played = await play({ method: [take('a', 1, { repeat: { count: 3 } }), take('b')] })
    expect(played.trace).toEqual([...Array(3).fill(['start a', 'end a']).flat(), 'start b', 'end b'])
    expect(repeatsOf(played)).toEqual([
      { iteration: 1, count: 3 },
      { iteration: 2, count: 3 },
      { iteration: 3, count: 3 },
      null,
    ])
    expect(played.clock.monotonic()).toBe(3000)
  })

  it.each([
    { name: 'on a grid', seconds: 1, interval: 5, elapsed: 11_000 },
    { name: 'what takes long skips points of the grid', seconds: 7, interval: 5, elapsed: 27_000 },
  ])('$name', async ({ seconds, interval, elapsed }) => {
    const { clock } = await play({ method: [take('a', seconds, { repeat: { count: 3, interval } })] })
    expect(clock.monotonic()).toBe(elapsed)
  })

  it('pauses come each time', async () => {
    const { clock } = await play({ method: [take('a', 0, { pauses: { after: 2 }, repeat: { count: 3 } })] })
    expect(clock.monotonic()).toBe(6000)
  })

  it('the count may be a value of the configuration; what is no number ends the method', async () => {
    const method = [take('a', 0, { repeat: { count: '${often}' } })]
    expect((await play({ configuration: { often: 2 }, method })).journal.run).toHaveLength(2)
    expect((await play({ configuration: { often: 'x' }, method })).journal).toMatchObject({
      status: 'aborted',
      reason: "'a' stopped on an unexpected error: Its `repeat.count` is x, which is no whole number above 0",
      run: [],
    })
  })

  it('in rollbacks, and in the background beside the others', async () => {
    const again = take('a', 2, { background: true, repeat: { count: 2 } })
    const { trace, journal } = await play({
      method: [again, take('b', 3)],
      rollbacks: [{ ...take('r'), repeat: { count: 2 } }],
    })
    expect(trace).toEqual([
      'start a',
      'start b',
      'end a',
      'start a',
      'end b',
      'end a',
      'start r',
      'end r',
      'start r',
      'end r',
    ])
    expect(journal.rollbacks).toHaveLength(2)
  })
})

describe('as long as something holds', () => {
  it.each([
    {
      name: 'a tolerance',
      while: { tolerance: { type: 'range', range: [0, 2] } },
      values: [1, 2, 3, 1],
      plays: 3,
    },
    { name: 'that never fails to hold', while: { tolerance: [0, 9] }, values: [1, 2, 3, 1], plays: 4 },
    { name: 'a tolerance that does not fit', while: { tolerance: [0, 9] }, values: ['x'], plays: 1 },
    { name: 'it succeeds', while: 'succeeded' as const, values: [], plays: 4 },
    { name: 'it fails', while: 'failed' as const, values: [], plays: 1 },
  ])('$name', async ({ values, plays, while: condition }) => {
    const method = [inSequence({ count: 4, while: condition })]
    const { journal } = await play({ method }, { others: [sequence(values)] })
    expect(journal.run).toHaveLength(plays)
  })

  it.each([
    { condition: 'succeeded', plays: 1 },
    { condition: 'failed', plays: 3 },
    { condition: { tolerance: 1 }, plays: 1 },
  ])('an activity that fails, while $condition: $plays', async ({ condition, plays }) => {
    const method = [toy('action', 'a', 'fail', {}, { repeat: { count: 3, while: condition } })]
    expect((await play({ method })).journal.run).toHaveLength(plays)
  })
})

describe('ends early', () => {
  it('when the run is over', async () => {
    const parts = {
      method: [take('long', 1, { repeat: { count: 9 } }), take('b')],
      'steady-state-hypothesis': {
        title: 'x',
        probes: [inSequence(null, { tolerance: 1, repeat: undefined })],
      },
    }
    const { trace, journal } = await play(JSON.parse(JSON.stringify(parts)), {
      others: [sequence([1, 1, 2])],
      failFast: true,
      strategies: { hypothesis: 'during-method-only' },
      hypothesisFrequency: 1.1,
    })
    expect(journal.status).toBe('failed')
    expect(trace.filter((line) => line === 'start long')).toHaveLength(3)
    expect(trace).not.toContain('start b')
  })

  it('when it is interrupted between two times', async () => {
    let run: Run | undefined
    const { journal, clock } = await play(
      { method: [take('a', 0, { repeat: { count: 9, interval: 10 } })] },
      {
        onStart: (started) => {
          run = started
        },
        onEvent: ({ type, seq }) => {
          if (type === 'activity-completed' && seq > 5) setImmediate(() => run?.interrupt('SIGTERM'))
        },
      },
    )
    expect(journal).toMatchObject({ status: 'interrupted' })
    expect(journal.run).toHaveLength(2)
    expect(clock.monotonic()).toBe(10_000)
  })
})

it('a repeated probe that is held to its tolerance is judged each time', async () => {
  const method = [inSequence({ count: 3 }, { evaluate: true, tolerance: 1 })]
  const { journal } = await play({ method }, { others: [sequence([1, 2, 1])] })
  expect(journal.run.map(({ tolerance_met }) => tolerance_met)).toEqual([true, false, true])
})

it('each time can use what came before it', async () => {
  const method = [
    answer('start', 'x', null),
    toy('probe', 'add', 'answer', { value: '${steps.start.output}y' }, { repeat: { count: 2 } }),
  ]
  expect((await play({ method })).journal.run.map(({ output }) => output)).toEqual(['x', 'xy', 'xy'])
})
