import type { JsonValue } from '@squall/contract'
import { describe, expect, it } from 'vitest'
import {
  answer,
  hypothesisOf,
  type LooseExperiment,
  type Played,
  play,
  take,
  toy,
} from '../toy-experiment.ts'

const found = { pid: 7, items: [{ name: 'first' }, { name: 'second' }], 'a.b': true, none: null }

/** Answers with an argument, in which references are replaced. */
function echo(value: JsonValue, more: object = {}): JsonValue {
  return toy('probe', 'echo', 'answer', { value }, more as never)
}

function echoed({ journal }: Played): JsonValue {
  return journal.run.find(({ activity }) => activity['name'] === 'echo')?.output ?? null
}

function failureOf({ journal }: Played, name: string): string {
  const run = [...journal.run, ...journal.rollbacks].find(({ activity }) => activity['name'] === name)
  return run?.exception?.at(-1) ?? ''
}

const look = answer('look around', found, null)

describe('the output of an activity is used later', () => {
  it.each([
    { name: 'a whole text keeps its type', text: '${steps.look around.output.pid}', value: 7 },
    { name: 'all of it', text: '${steps.look around.output}', value: found },
    { name: 'an index', text: '${steps.look around.output.items.1.name}', value: 'second' },
    { name: 'an index in brackets', text: '${steps.look around.output.items[0].name}', value: 'first' },
    { name: 'a key in brackets', text: '${steps.look around.output["a.b"]}', value: true },
    { name: 'a key in brackets, the other quote', text: "${steps.look around.output['a.b']}", value: true },
    { name: 'null', text: '${steps.look around.output.none}', value: null },
    { name: 'its status', text: '${steps.look around.status}', value: 'succeeded' },
    { name: 'its duration', text: '${steps.look around.duration}', value: 0 },
    {
      name: 'within other text, as Python writes it',
      text: 'x ${steps.look around.output.items[0]} ${steps.look around.output.none}',
      value: "x {'name': 'first'} None",
    },
    {
      name: 'a text of another shape stays',
      text: '${steps.look around} ${a.b}',
      value: '${steps.look around} ${a.b}',
    },
    {
      name: 'an escaped one stays',
      text: '$${steps.look around.output} $x',
      value: '${steps.look around.output} $x',
    },
  ])('$name', async ({ text, value }) => {
    expect(echoed(await play({ method: [look, echo(text)] }))).toEqual(value)
    // Also where the experiment declares something, so that arguments are substituted anyway.
    const configuration = { other: 1 }
    expect(echoed(await play({ configuration, method: [look, echo(text)] }))).toEqual(value)
  })

  it('deep inside of arguments', async () => {
    const method = [look, echo({ list: ['${steps.look around.output.pid}'] })]
    expect(echoed(await play({ method }))).toEqual({ list: [7] })
  })

  it('where the experiment declares nothing, texts without a reference stay as in the reference', async () => {
    expect(echoed(await play({ method: [look, echo({ a: '$$', b: '${steps.x}' })] }))).toEqual({
      a: '$$',
      b: '${steps.x}',
    })
  })

  it('what was put in is not looked at again', async () => {
    const configuration = { text: '${steps.a.output}' }
    const method = [answer('a', 1, null), echo('${text}')]
    expect(echoed(await play({ configuration, method }))).toBe('${steps.a.output}')
  })

  it.each([
    { name: 'a name with dots', step: 'version 1.2' },
    { name: 'a name that ends like a part', step: 'the.output' },
  ])('$name', async ({ step }) => {
    const method = [answer(step, { x: 1 }, null), echo(`\${steps.${step}.output.x}`)]
    expect(echoed(await play({ method }))).toBe(1)
  })

  it('the last one of a name counts', async () => {
    const method = [answer('a', 1, null), answer('a', 2, null), echo('${steps.a.output}')]
    expect(echoed(await play({ method }))).toBe(2)
  })

  it('in rollbacks, pauses, tolerances and time limits', async () => {
    const parts = {
      method: [
        answer('limit', 3, null),
        take('slow', 5, { max_duration: '${steps.limit.output}' }),
        take('paused', 0, { pauses: { after: '${steps.limit.output}' } }),
      ],
      'steady-state-hypothesis': hypothesisOf(answer('three', 3, '${steps.limit.output}')),
      rollbacks: [toy('action', 'back', 'take', { name: '${steps.slow.status}' })],
      runtime: { hypothesis: { strategy: 'after-method-only' } },
    }
    const { journal, clock, trace } = await play(parts)
    expect(journal.run.map(({ status }) => status)).toEqual(['succeeded', 'failed', 'succeeded'])
    expect(clock.monotonic()).toBe(6000)
    expect(journal.steady_states.after?.steady_state_met).toBe(true)
    expect(trace.at(-1)).toBe('end failed')
  })
})

describe('a reference to nothing fails the activity and names the place', () => {
  it.each([
    {
      name: 'no such step',
      text: '${steps.look arond.output.pid}',
      says: "no activity named 'look arond' has ended; did you mean 'look around'?",
    },
    {
      name: 'nothing at that key',
      text: '${steps.look around.output.pit}',
      says: "`output` of 'look around' has no 'pit'; it has pid, items, a.b, none",
    },
    {
      name: 'nothing at that index',
      text: '${steps.look around.output.items[2]}',
      says: "`output.items` of 'look around' has no '2'",
    },
  ])('$name', async ({ text, says }) => {
    const { journal, ...rest } = await play({ method: [look, echo([text]), take('next')] })
    expect(failureOf({ journal, ...rest } as Played, 'echo')).toBe(
      `ActivityFailed: ${text} in \`provider.arguments.value.0\` has no value: ${says}.\n`,
    )
    expect(journal.run.map(({ status }) => status)).toEqual(['succeeded', 'failed', 'succeeded'])
  })

  it('one that failed', async () => {
    const played = await play({ method: [toy('action', 'a', 'fail'), echo('${steps.a.output.x}')] })
    expect(failureOf(played, 'echo')).toContain("'a' failed, so it has no output")
  })

  it('one that has not ended', async () => {
    const played = await play({
      method: [take('slow', 5, { background: true }), echo('${steps.slow.output}')],
    })
    expect(failureOf(played, 'echo')).toContain("'slow' has not ended yet")
  })

  it('in a pause it ends the method, as a pause that is no number does', async () => {
    const { journal } = await play({ method: [take('a', 0, { pauses: { before: '${steps.b.output}' } })] })
    expect(journal.status).toBe('aborted')
    expect(journal.reason).toBe(
      "'a' stopped on an unexpected error: ${steps.b.output} in `pauses.before` has no value: no activity named 'b' has ended",
    )
  })

  it('in a tolerance of the hypothesis it ends the run, as one that does not fit', async () => {
    const parts = { 'steady-state-hypothesis': hypothesisOf(answer('up', 1, '${steps.b.output}')) }
    const { journal } = await play(parts)
    expect(journal.status).toBe('aborted')
    expect(journal.reason).toContain(
      "The tolerance of 'up' cannot be checked: ${steps.b.output} in `tolerance` has no value: no activity named 'b' has ended",
    )
  })

  it('in a tolerance that only squall looks at it is not met', async () => {
    const { journal } = await play({ method: [answer('up', 1, '${steps.b.output}', { evaluate: true })] })
    expect(journal).toMatchObject({ status: 'completed', run: [{ tolerance_met: false }] })
  })

  it('the title is read before any step', async () => {
    const { journal } = await play({ title: '${steps.a.output}', method: [answer('a', 1, null)] })
    expect(journal.experiment['title']).toBe('${steps.a.output}')
  })
})

it('a secret in an output can be used and is not shown', async () => {
  const parts: LooseExperiment = {
    secrets: { shop: { token: { type: 'env', key: 'TOKEN' } } },
    method: [
      answer('log in', { token: '${token}', user: 'ada' }, null),
      toy('action', 'use', 'take', { name: '${steps.log in.output.token}' }),
      echo('${steps.log in.output.nothing}'),
    ],
  }
  const { journal, events, trace } = await play(parts, { environment: { TOKEN: 'tr0ub4dor&3' } })
  expect(trace).toContain('end tr0ub4dor&3')
  expect(JSON.stringify([journal, events])).not.toContain('tr0ub4dor')
  expect(journal.run[1]?.output).toBe('[secret shop.token]')
})
