import type { JsonObject, JsonValue } from '@squall/contract'
import fc from 'fast-check'
import { hypothesisStrategies, type InterruptedBy, type Run, rollbackStrategies } from '../src/index.ts'
import {
  answer,
  crash,
  harm,
  hypothesisOf,
  type LooseExperiment,
  type PlayOptions,
  take,
  toy,
} from './toy-experiment.ts'

/** An experiment with everything that may happen to it. */
export interface RandomRun {
  readonly parts: LooseExperiment
  readonly options: PlayOptions
  /** After how many events which interruption comes. */
  readonly interruptions: readonly { readonly after: number; readonly by: InterruptedBy }[]
}

const name = fc.constantFrom('a', 'b', 'c', 'd')
const seconds = fc.constantFrom(0, 0.5, 1, 2.5)

const tolerance = fc.constantFrom('a', 1, [1, 2], { type: 'range', range: [0, 1], target: 'x' })
const tries = fc.integer({ min: 1, max: 3 })

/** The keys that only squall knows. */
const asks: fc.Arbitrary<JsonObject> = fc.record(
  {
    until: fc.record(
      { tolerance, interval: fc.constantFrom(0.1, 1, 2.5), timeout: fc.constantFrom(0.5, 3) },
      { requiredKeys: ['timeout'] },
    ),
    retry: fc.record({ attempts: tries, interval: seconds }, { requiredKeys: ['attempts'] }),
    repeat: fc.record(
      {
        count: tries,
        interval: seconds,
        while: fc.constantFrom<JsonValue>('succeeded', 'failed', { tolerance: 'a' }),
      },
      { requiredKeys: ['count'] },
    ),
    onFailure: fc.constantFrom('continue', 'stop', 'abort'),
    evaluate: fc.boolean(),
    tolerance,
    when: fc.constantFrom<JsonValue>(
      'always',
      'failed',
      ['completed', 'deviated'],
      ['interrupted'],
      'aborted',
    ),
  },
  { requiredKeys: [] },
)

const usual: fc.Arbitrary<JsonObject> = fc.record(
  {
    background: fc.boolean(),
    pauses: fc.record({ before: seconds, after: seconds }),
    keep: fc.boolean(),
  },
  { requiredKeys: [] },
)

const more: fc.Arbitrary<JsonObject> = fc.tuple(usual, asks).map(([one, other]) => ({ ...one, ...other }))

const step = fc.constantFrom('${steps.a.output}', 'x ${steps.b.status}', '${steps.nobody.output.x[0]}')

const activity: fc.Arbitrary<JsonObject> = fc.oneof(
  fc.tuple(name, seconds, more).map((args) => take(...args)),
  fc
    .tuple(name, more, fc.record({ seconds, undo: fc.constantFrom('mend', 'mend_badly', 'missing') }))
    .map((args) => harm(...args)),
  fc.tuple(name, more).map(([id, rest]) => toy('action', id, 'fail', {}, rest)),
  fc
    .tuple(name, seconds, more)
    .map(([id, long, rest]) => toy('action', id, 'refuse_to_stop', { name: id, seconds: long }, rest)),
  fc.tuple(name, more).map(([id, rest]) => ({ ...crash(id), ...rest })),
  fc.tuple(name, fc.jsonValue()).map(([id, value]) => answer(id, value as never, null)),
  fc
    .tuple(name, fc.oneof(name, step), more)
    .map(([id, words, rest]) => toy('action', id, 'say', { words }, rest)),
  fc.record({ ref: fc.constantFrom('a', 'b', 'nobody'), background: fc.boolean() }),
)

const probe: fc.Arbitrary<JsonObject> = fc.oneof(
  fc.constant(answer('met', 1, 1)),
  fc.constant(answer('unmet', 1, 2)),
  fc.tuple(name, seconds).map(([id, long]) => take(id, long, { tolerance: id })),
  fc
    .tuple(name, fc.constantFrom(1, 2), fc.constantFrom(0.5, 3))
    .map(([id, value, timeout]) => answer(id, value, 1, { until: { timeout } })),
  fc.constant(toy('probe', 'fails', 'fail', {}, { tolerance: 1 })),
  fc.constant({ ...crash('crashes'), type: 'probe', tolerance: 1 }),
  fc.constant({ ref: 'a', tolerance: 'a' }),
  fc.constant(answer('misfit', 'text', [1, 2])),
)

const options: fc.Arbitrary<PlayOptions> = fc.record(
  {
    strategies: fc.record({
      hypothesis: fc.constantFrom(...hypothesisStrategies),
      rollbacks: fc.constantFrom(...rollbackStrategies),
    }),
    failFast: fc.boolean(),
    dry: fc.constantFrom('probes', 'actions', 'activities', 'pause'),
  },
  { requiredKeys: ['strategies'] },
)

export const randomRun: fc.Arbitrary<RandomRun> = fc.record({
  parts: fc.record({
    'steady-state-hypothesis': fc.array(probe, { maxLength: 3 }).map((probes) => hypothesisOf(...probes)),
    method: fc.array(activity, { maxLength: 6 }),
    rollbacks: fc.array(activity, { maxLength: 3 }),
    runtime: fc.constantFrom({}, { hypothesis: { after_rollbacks: true } }),
  }),
  options,
  interruptions: fc.array(
    fc.record({
      after: fc.integer({ min: 0, max: 40 }),
      by: fc.constantFrom('SIGINT', 'SIGTERM', 'SIGUSR1', 'SIGUSR2', 'abort'),
    }),
    { maxLength: 3 },
  ),
})

/** Options of a run that is interrupted as `run` says. */
export function interruptedAsPlanned({ options: given, interruptions }: RandomRun): PlayOptions {
  let started: Run | undefined
  let events = 0
  return {
    ...given,
    onStart: (run) => {
      started = run
    },
    onEvent: () => {
      events += 1
      for (const { after, by } of interruptions) {
        if (after === events) setImmediate(() => started?.interrupt(by))
      }
    },
  }
}
