import { isObject, type JsonObject } from '@squall/contract'
import type { PlacedActivity } from './check-references.ts'
import type { Path, Problems } from './problem.ts'

/** A key that stands where nobody reads it, and where it belongs. */
type Strays = Readonly<Record<string, string>>

const ofExperiment: Strays = {
  probes:
    'Probes belong into `steady-state-hypothesis.probes`, or into `method` as activities of type probe.',
  actions: 'Actions belong into `method` as activities of type action.',
  activities: 'Activities belong into `method`.',
  methods: 'The key is `method`.',
  rollback: 'The key is `rollbacks`, a list of activities.',
  hypothesis: 'The key is `steady-state-hypothesis`.',
  'steady-state': 'The key is `steady-state-hypothesis`.',
  'steady_state-hypothesis': 'The key is `steady-state-hypothesis`.',
  steady_state_hypothesis: 'The key is `steady-state-hypothesis`.',
  steadyStateHypothesis: 'The key is `steady-state-hypothesis`.',
  pauses: 'Pauses belong into an activity.',
  tolerance: 'A tolerance belongs into a probe of the hypothesis.',
  provider: 'A provider belongs into an activity.',
  scope: 'A scope belongs into a control.',
  config: 'The key is `configuration`.',
  configurations: 'The key is `configuration`.',
  secret: 'The key is `secrets`.',
  tag: 'The key is `tags`, a list of texts.',
  control: 'The key is `controls`, a list.',
  strategy: 'Strategies belong into `runtime`: `{"rollbacks": {"strategy": ...}}`.',
}

const ofHypothesis: Strays = {
  probe: 'The key is `probes`, a list.',
  method: 'The method belongs into the experiment itself.',
  tolerance: 'A tolerance belongs into each probe.',
  provider: 'A provider belongs into a probe.',
  rollbacks: 'Rollbacks belong into the experiment itself.',
}

const ofActivity: Strays = {
  secrets: 'Name the groups of secrets in the provider: `"provider": {"secrets": [...]}`.',
  configuration: 'Every activity sees the whole configuration of the experiment; leave it out.',
  config: 'Every activity sees the whole configuration of the experiment; leave it out.',
  timeout: 'A time limit that works belongs into the provider; `max_duration` limits every activity.',
  pause: 'The key is `pauses`, with `before` and `after`.',
  arguments: 'Arguments belong into the provider.',
  args: 'Arguments belong into the provider, as `arguments`.',
  module: 'The module belongs into the provider.',
  func: 'The function belongs into the provider.',
  url: 'The URL belongs into the provider.',
  path: 'The path belongs into the provider.',
  headers: 'Headers belong into the provider.',
  scope: 'A scope belongs into a control.',
  control: 'The key is `controls`, a list.',
  expected_status: 'In the hypothesis, give the probe a `tolerance` with the status instead.',
}

const ofProvider: Strays = {
  config: 'Every activity sees the whole configuration of the experiment; leave it out.',
  configuration: 'Every activity sees the whole configuration of the experiment; leave it out.',
  argument: 'The key is `arguments`.',
  args: 'The key is `arguments`.',
  function: 'The key is `func`.',
  secret: 'The key is `secrets`, a list of names of groups.',
  tolerance: 'A tolerance belongs into the probe itself.',
  pauses: 'Pauses belong into the activity.',
  background: '`background` belongs into the activity.',
  controls: 'Controls belong into the activity.',
}

/** Warns of keys that the reference ignores in silence, each with the place where it belongs. */
export function checkStrays(
  experiment: JsonObject,
  activities: readonly PlacedActivity[],
  problems: Problems,
): void {
  warnOf(ofExperiment, experiment, 'an experiment', [], problems)
  const hypothesis = experiment['steady-state-hypothesis']
  if (isObject(hypothesis))
    warnOf(ofHypothesis, hypothesis, 'the hypothesis', ['steady-state-hypothesis'], problems)
  for (const placed of activities) checkActivity(placed, problems)
}

function checkActivity({ activity, path, list }: PlacedActivity, problems: Problems): void {
  // Of a reference only the name, `background` and `tolerance` are read.
  if (activity['ref'] !== undefined && activity['ref'] !== null) return
  // A timeout that is no number is an error of its own.
  const isWrong = typeof activity['timeout'] !== 'number'
  const { timeout: _, ...others } = activity
  warnOf(ofActivity, isWrong ? others : activity, 'an activity', path, problems)
  const { provider } = activity
  if (isObject(provider))
    warnOf(stranger(provider), provider, 'the provider', [...path, 'provider'], problems)
  const isAsked = activity['evaluate'] !== undefined || activity['until'] !== undefined
  const isJudged = list === 'hypothesis' || list === 'tolerance' || isAsked
  if (isJudged || !('tolerance' in activity)) return
  const hint =
    'It is checked for probes of the hypothesis; here, `"evaluate": true` has it checked after the probe.'
  problems.warn(
    'key-ignored',
    [...path, 'tolerance'],
    '`tolerance` has no effect outside the hypothesis.',
    hint,
  )
}

/** A raw provider may have fields of its own by these names. */
function stranger(provider: Record<string, unknown>): Strays {
  return known.has(String(provider['type'])) ? ofProvider : {}
}

const known: ReadonlySet<string> = new Set(['http', 'process', 'python', 'node'])

function warnOf(strays: Strays, value: object, where: string, path: Path, problems: Problems): void {
  for (const key of Object.keys(value)) {
    const hint = Object.hasOwn(strays, key) ? strays[key] : undefined
    if (hint !== undefined)
      problems.warn('key-ignored', [...path, key], `\`${key}\` has no effect in ${where}.`, hint)
  }
}
