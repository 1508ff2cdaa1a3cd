import type { ExperimentFields, JsonObject } from '@squall/contract'
import { describe, expect, it } from 'vitest'
import { chooseStrategies } from './strategies.ts'

const settings = { runtime: { hypothesis: { strategy: 'skip' }, rollbacks: { strategy: 'always' } } }

interface Row {
  readonly name: string
  readonly given?: { hypothesis?: string; rollbacks?: string }
  readonly runtime?: unknown
  readonly settings?: JsonObject
  readonly chosen: string
}

describe('chooseStrategies (spec 10, 12)', () => {
  it.each<Row>([
    { name: 'the default', chosen: 'default, default' },
    { name: 'the settings', settings, chosen: 'skip, always' },
    {
      name: 'the experiment over the settings',
      settings,
      runtime: { hypothesis: { strategy: 'continuously' }, rollbacks: { strategy: 'never' } },
      chosen: 'continuously, never',
    },
    {
      name: 'what the experiment leaves out is the default, not the settings',
      settings,
      runtime: { rollbacks: { strategy: 'never' } },
      chosen: 'default, never',
    },
    { name: 'any runtime hides the settings', settings, runtime: { other: 1 }, chosen: 'default, default' },
    { name: 'an empty runtime does not', settings, runtime: {}, chosen: 'skip, always' },
    {
      name: 'what was given, over all',
      settings,
      runtime: { rollbacks: { strategy: 'never' } },
      given: { hypothesis: 'after-method-only', rollbacks: 'deviated' },
      chosen: 'after-method-only, deviated',
    },
    { name: 'only one was given', settings, given: { rollbacks: 'never' }, chosen: 'skip, never' },
    {
      name: 'a strategy of null is none',
      runtime: { hypothesis: { strategy: null } },
      chosen: 'default, default',
    },
    {
      name: 'odd shapes are none',
      runtime: { hypothesis: 'skip', rollbacks: [] },
      chosen: 'default, default',
    },
    {
      name: 'a strategy of rollbacks that nobody knows is kept',
      runtime: { rollbacks: { strategy: 'sometimes' } },
      chosen: 'default, sometimes',
    },
  ])('$name', ({ given, runtime, settings: those = {}, chosen }) => {
    const experiment = { ...(runtime === undefined ? {} : { runtime }) } as ExperimentFields
    const { hypothesis, rollbacks } = chooseStrategies(experiment, those, given)
    expect(`${hypothesis}, ${rollbacks}`).toBe(chosen)
  })

  it.each(['sometimes', '', 'constructor'])('refuses the hypothesis strategy %j', (hypothesis) => {
    expect(() => chooseStrategies({} as ExperimentFields, {}, { hypothesis })).toThrow(
      expect.objectContaining({
        code: 'SQUALL_STRATEGY_UNKNOWN',
        message: `There is no hypothesis strategy '${hypothesis}'.`,
        hint: 'Use one of default, before-method-only, after-method-only, during-method-only, continuously, skip.',
      }),
    )
  })
})
