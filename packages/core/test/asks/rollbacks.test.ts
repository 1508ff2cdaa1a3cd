import { describe, expect, it } from 'vitest'
import type { InterruptedBy, Run } from '../../src/index.ts'
import { sequence } from '../sequence-driver.ts'
import {
  answer,
  crash,
  hypothesisOf,
  type LooseExperiment,
  type PlayOptions,
  play,
  take,
  toy,
} from '../toy-experiment.ts'

const moments = ['completed', 'deviated', 'failed', 'interrupted', 'aborted', 'always'] as const
const rollbacks = [...moments.map((when) => take(when, 0, { when })), take('any')]

const steadyOnce = {
  'steady-state-hypothesis': hypothesisOf({
    type: 'probe',
    name: 'steady',
    provider: { type: 'sequence', func: 'next' },
    tolerance: 1,
  }),
}

/** How a run ends in each way, and which rollbacks are played then by the default strategy. */
const endings: { how: string; parts: LooseExperiment; by?: InterruptedBy; played: string[] }[] = [
  { how: 'completes', parts: { method: [take('a')] }, played: ['completed', 'always', 'any'] },
  { how: 'deviates', parts: { ...steadyOnce, method: [take('a')] }, played: ['deviated', 'always', 'any'] },
  { how: 'is aborted', parts: { method: [crash('odd')] }, played: ['aborted', 'always', 'any'] },
  {
    how: 'is interrupted',
    parts: { method: [take('a', 5)] },
    by: 'SIGINT',
    played: ['interrupted', 'always'],
  },
  { how: 'is ended by SIGUSR2', parts: { method: [take('a', 5)] }, by: 'SIGUSR2', played: [] },
  {
    how: 'is stopped',
    parts: { method: [toy('action', 'x', 'fail', {}, { onFailure: 'stop' })] },
    played: ['failed', 'always', 'any'],
  },
  {
    how: 'fails at its gate',
    parts: { 'steady-state-hypothesis': hypothesisOf(toy('probe', 'x', 'fail', {}, { tolerance: 1 })) },
    played: ['failed', 'always'],
  },
  {
    how: 'fails and deviates',
    parts: {
      'steady-state-hypothesis': hypothesisOf(toy('probe', 'x', 'fail', {}, { tolerance: 1 })),
      runtime: { hypothesis: { strategy: 'after-method-only' } },
    },
    played: ['deviated', 'failed', 'always'],
  },
]

async function playTo(parts: LooseExperiment, by?: InterruptedBy, more: PlayOptions = {}): Promise<string[]> {
  let run: Run | undefined
  const { journal } = await play(
    { rollbacks, ...parts },
    {
      others: [sequence([1, 2])],
      onStart: (started) => {
        run = started
      },
      onEvent: ({ type }) => {
        if (by && type === 'activity-started') setImmediate(() => run?.interrupt(by))
      },
      ...more,
    },
  )
  return journal.rollbacks.map(({ activity }) => String(activity['name']))
}

describe('a rollback says when it is played', () => {
  it.each(endings)('the run $how', async ({ parts, by, played }) => {
    expect(await playTo(parts, by)).toEqual(played)
  })

  it.each([
    { strategy: 'always', played: ['completed', 'always', 'any'] },
    { strategy: 'deviated', played: ['completed', 'always'] },
    { strategy: 'never', played: [] },
    { strategy: 'sometimes', played: [] },
  ])('with the strategy $strategy', async ({ strategy, played }) => {
    expect(await playTo({}, undefined, { strategies: { rollbacks: strategy } })).toEqual(played)
  })

  it('a list of moments, a ref, and what is no moment', async () => {
    const list = [
      take('either', 0, { when: ['failed', 'completed'] }),
      { ref: 'a', when: 'failed' },
      take('odd', 0, { when: 'sometimes' }),
      take('none', 0, { when: [] }),
    ]
    expect(await playTo({ method: [take('a')], rollbacks: list })).toEqual(['either', 'odd', 'none'])
  })
})

describe('the decision and its reason are in the journal', () => {
  it.each([
    {
      name: 'played',
      parts: { rollbacks: [take('r')] },
      decision: { play: true, strategy: 'default', reason: 'the default strategy plays them' },
    },
    {
      name: 'not played',
      parts: { rollbacks: [take('r')], runtime: { rollbacks: { strategy: 'never' } } },
      decision: { play: false, strategy: 'never', reason: 'the strategy is never' },
    },
    {
      name: 'one left out',
      parts: { rollbacks: [take('r'), take('f', 0, { when: ['failed', 'aborted'] })] },
      decision: {
        play: true,
        strategy: 'default',
        reason: 'the default strategy plays them',
        skipped: [{ activity: 'f', reason: 'its `when` is failed, aborted and the run completed' }],
      },
    },
    {
      name: 'none fits',
      parts: { rollbacks: [take('f', 0, { when: 'failed' })] },
      decision: {
        play: false,
        strategy: 'default',
        reason: '0 of 1 fit by their own `when`: the run completed',
      },
    },
    {
      name: 'only by their own',
      parts: {
        'steady-state-hypothesis': hypothesisOf(toy('probe', 'x', 'fail', {}, { tolerance: 1 })),
        rollbacks: [take('f', 0, { when: 'failed' }), take('r')],
      },
      decision: {
        play: true,
        strategy: 'default',
        reason:
          "1 of 2 by their own `when`; for the others, the run failed; the strategy 'always' plays them then too",
        skipped: [{ activity: 'r', reason: "the run failed; the strategy 'always' plays them then too" }],
      },
    },
    { name: 'nothing to decide', parts: { rollbacks: [] }, decision: undefined },
  ])('$name', async ({ parts, decision }) => {
    expect((await play(parts)).journal.rollback_decision).toEqual(decision)
  })
})

describe('the steady state after rollbacks and undoing', () => {
  const runtime = { hypothesis: { after_rollbacks: true } }
  const asked = { ...steadyOnce, runtime, method: [take('a')], rollbacks: [take('r')] }

  it.each([
    { name: 'came back', values: [1, 2, 1], deviated: true, restored: true, exitCode: 1 },
    { name: 'never left', values: [1, 1, 1], deviated: false, restored: true, exitCode: 0 },
    { name: 'is lost at the end', values: [1, 1, 2], deviated: false, restored: false, exitCode: 1 },
  ])('$name', async ({ values, deviated, restored, exitCode }) => {
    const finished = await play(asked, { others: [sequence(values)] })
    expect(finished.journal).toMatchObject({
      status: 'completed',
      deviated,
      restored,
      steady_states: { after_rollbacks: { steady_state_met: restored } },
    })
    expect(finished.exitCode).toBe(exitCode)
  })

  it('comes after the undoing', async () => {
    const harmed = { ...asked, method: [toy('action', 'h', 'harm', { thing: 'x' })] }
    const { events } = await play(harmed, { others: [sequence([1, 1, 1])] })
    const types = events.map((event) => `${event.type}${'phase' in event ? ` ${event.phase}` : ''}`)
    expect(types.indexOf('undo-completed')).toBeLessThan(types.indexOf('hypothesis-started after-rollbacks'))
  })

  it.each([
    { name: 'nobody asks', parts: { ...asked, runtime: {} } },
    { name: 'asked otherwise', parts: { ...asked, runtime: { hypothesis: { after_rollbacks: 'yes' } } } },
    { name: 'there is no hypothesis', parts: { runtime } },
    {
      name: 'it is skipped',
      parts: { ...asked, runtime: { hypothesis: { after_rollbacks: true, strategy: 'skip' } } },
    },
  ])('is not looked at when $name', async ({ parts }) => {
    const { journal } = await play(parts, { others: [sequence([1, 1, 1])] })
    expect(journal).not.toHaveProperty('restored')
    expect(Object.keys(journal.steady_states)).toEqual(['before', 'after', 'during'])
  })

  it('a check that is cut short says nothing, and the run was interrupted', async () => {
    let run: Run | undefined
    const parts = { runtime, 'steady-state-hypothesis': hypothesisOf(take('slow', 5, { tolerance: 'slow' })) }
    const { journal, exitCode } = await play(parts, {
      onStart: (started) => {
        run = started
      },
      onEvent: (event) => {
        if (event.type === 'hypothesis-started' && event.phase === 'after-rollbacks')
          setImmediate(() => run?.interrupt('a stop request'))
      },
    })
    expect(journal).toMatchObject({ status: 'interrupted', restored: null })
    expect(exitCode).toBe(1)
  })

  it('an interrupted run is looked at too, unless it was told to end at once', async () => {
    const parts = {
      ...asked,
      'steady-state-hypothesis': hypothesisOf(answer('up', 1, 1)),
      method: [take('long', 5)],
    }
    for (const [by, restored] of [
      ['SIGINT', true],
      ['SIGUSR2', undefined],
    ] as const) {
      let run: Run | undefined
      const { journal } = await play(parts, {
        onStart: (started) => {
          run = started
        },
        onEvent: (event) => {
          if (event.type === 'activity-started' && event.phase === 'method')
            setImmediate(() => run?.interrupt(by))
        },
      })
      expect(journal.restored).toBe(restored)
      expect(journal.status).toBe('interrupted')
    }
  })

  it('a misfit there aborts the run', async () => {
    const parts = {
      runtime: { hypothesis: { after_rollbacks: true, strategy: 'before-method-only' } },
      ...{ 'steady-state-hypothesis': steadyOnce['steady-state-hypothesis'] },
    }
    const odd = {
      ...parts,
      'steady-state-hypothesis': hypothesisOf({
        ...(parts['steady-state-hypothesis'] as never as { probes: object[] }).probes[0],
        tolerance: [0, 9],
      }),
    }
    const { journal } = await play(odd, { others: [sequence([1, 'x'])] })
    expect(journal).toMatchObject({ status: 'aborted', restored: null })
  })
})
