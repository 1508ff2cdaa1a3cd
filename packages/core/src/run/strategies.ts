import { type ExperimentFields, isObject, type JsonObject, SquallError } from '@squall/contract'

export const hypothesisStrategies = [
  'default',
  'before-method-only',
  'after-method-only',
  'during-method-only',
  'continuously',
  'skip',
] as const
export type HypothesisStrategy = (typeof hypothesisStrategies)[number]

export const rollbackStrategies = ['default', 'always', 'never', 'deviated'] as const

export interface Strategies {
  readonly hypothesis: HypothesisStrategy
  /** Not validated: an unknown one plays nothing (spec 12). */
  readonly rollbacks: string
}

/**
 * Chooses the strategies: given ones first, then the experiment's `runtime`, then the settings'. A non-empty `runtime`
 * in the experiment hides the settings for both (spec 10). Throws `SQUALL_STRATEGY_UNKNOWN`.
 */
export function chooseStrategies(
  experiment: ExperimentFields,
  settings: JsonObject,
  given: { hypothesis?: string; rollbacks?: string } = {},
): Strategies {
  const own = isObject(experiment.runtime) && Object.keys(experiment.runtime).length > 0
  const runtime: unknown = own ? experiment.runtime : settings['runtime']
  const hypothesis = given.hypothesis ?? strategyOf(runtime, 'hypothesis') ?? 'default'
  const known = hypothesisStrategies.find((strategy) => strategy === hypothesis)
  if (!known) {
    const fields = { which: 'hypothesis', value: hypothesis, known: hypothesisStrategies.join(', ') }
    throw new SquallError('SQUALL_STRATEGY_UNKNOWN', fields, { hint: `Use one of ${fields.known}.` })
  }
  return { hypothesis: known, rollbacks: given.rollbacks ?? strategyOf(runtime, 'rollbacks') ?? 'default' }
}

function strategyOf(runtime: unknown, which: string): string | undefined {
  const section = isObject(runtime) ? runtime[which] : undefined
  const strategy = isObject(section) ? section['strategy'] : undefined
  return strategy === undefined || strategy === null ? undefined : String(strategy)
}
