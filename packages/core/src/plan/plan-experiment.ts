import {
  type Experiment,
  isObject,
  type JsonObject,
  type JsonValue,
  type ManifestActivity,
  type ProviderFields,
  type Targets,
} from '@squall/contract'
import { substitute, withoutSteps } from '../configuration/substitute.ts'
import { textOf } from '../configuration/text-of.ts'
import type { Resolved } from '../drivers/registry.ts'
import { changes, targetsOf } from '../guards/check-protection.ts'
import { refusalOf } from '../guards/protection.ts'
import { resolveRef } from '../run/activity.ts'
import { contextFor } from '../run/activity-context.ts'
import { asksAfterRollbacks } from '../run/check-restored.ts'
import { maxDurationOf, undoAfterOf } from '../run/declared-seconds.ts'
import { reasonOf } from '../run/exception-lines.ts'
import { dryScope } from '../run/run-experiment.ts'
import type { RunOptions } from '../run/run-options.ts'
import { listOf, probesOf, type RunScope } from '../run/run-scope.ts'
import { StepMissing } from '../run/steps.ts'
import { howPlayed } from './how-played.ts'

export interface PlannedActivity {
  /** `end` is the check after rollbacks and undoing, where the experiment asks for it. */
  readonly list: 'before' | 'method' | 'after' | 'rollbacks' | 'end'
  readonly name: string
  readonly type: 'probe' | 'action'
  readonly background: boolean
  /** Package and activity or provider type that carry it out. */
  readonly by: string
  /** Absent for what only looks. */
  readonly targets?: Targets
  /** How it is undone, or that it cannot be. Absent for what only looks. */
  readonly undo?: string
  /** Why it would not be played, such as that it touches what is protected. Absent when it would be. */
  readonly refused?: string
  /** Seconds after which it is ended and fails. Absent: no limit. */
  readonly maxDuration?: number
  /** In what way it is played that only squall knows, such as `until`; a sentence each. Absent: once. */
  readonly how?: readonly string[]
}

export interface Plan {
  readonly title: string
  readonly activities: readonly PlannedActivity[]
}

export type PlanOptions = Pick<
  RunOptions,
  'drivers' | 'overrides' | 'directory' | 'environment' | 'seed' | 'settings' | 'protect' | 'redact'
>

/** Says what a run would touch and how each action is undone, and what cannot be known yet. Changes nothing. */
export async function planExperiment(experiment: Experiment, options: PlanOptions): Promise<Plan> {
  const scope = await dryScope(experiment, options)
  const { method, rollbacks, runtime, title } = scope.experiment
  const lists = [
    ['before', probesOf(scope.experiment)],
    ['method', listOf(method)],
    ['after', probesOf(scope.experiment)],
    ['rollbacks', listOf(rollbacks)],
    ['end', asksAfterRollbacks(runtime) ? probesOf(scope.experiment) : []],
  ] as const
  const activities: PlannedActivity[] = []
  for (const [list, entries] of lists) {
    for (const entry of entries) activities.push(await planEntry(list, entry, scope))
  }
  return scope.events.redactor.value({
    title: textOf(substitute(title, withoutSteps(scope.variables))),
    activities,
  })
}

async function planEntry(
  list: PlannedActivity['list'],
  entry: JsonValue,
  scope: RunScope,
): Promise<PlannedActivity> {
  const activity = resolveRef(entry, scope)
  const provider = activity['provider'] as unknown as ProviderFields
  const resolved = await scope.registry.resolve(provider)
  const type = activity['type'] === 'probe' ? 'probe' : 'action'
  const { after, ...times } = timesOf(entry, activity, list, scope)
  const planned: PlannedActivity = {
    list,
    name: textOf(activity['name']),
    type,
    background: isObject(entry) && entry['background'] === true,
    by: `${resolved.from.name} ${resolved.type === 'provider' ? provider.type : resolved.name}`,
    ...times,
  }
  if (!changes({ activity, resolved })) return planned
  const targets = await foreseen(activity, resolved, scope)
  const refused = planned.refused ?? refusalOf(targets, scope.protection)
  const undo = undoOf(activity, provider, resolved, after)
  return { ...planned, targets, undo, ...(refused === undefined ? {} : { refused }) }
}

/** What the activity says on time, or that it says nothing to be kept to. */
function timesOf(
  entry: JsonValue,
  activity: JsonObject,
  list: PlannedActivity['list'],
  { variables }: RunScope,
): { maxDuration?: number; how?: string[]; after?: number; refused?: string } {
  try {
    const maxDuration = maxDurationOf(activity, variables)
    const after = undoAfterOf(activity, variables)
    const how = howPlayed(entry, activity, list, variables)
    return {
      ...(maxDuration === undefined ? {} : { maxDuration }),
      ...(after === undefined ? {} : { after }),
      ...(how.length === 0 ? {} : { how }),
    }
  } catch (error) {
    return { refused: reasonOf(error) }
  }
}

async function foreseen(activity: JsonObject, resolved: Resolved, scope: RunScope): Promise<Targets> {
  const provider = activity['provider'] as unknown as ProviderFields
  const request = { activity, provider, resolved, variables: scope.variables }
  try {
    return await targetsOf(request, contextFor(0, activity, resolved, scope.interruption.foreground, scope))
  } catch (error) {
    if (error instanceof StepMissing) return { unknown: `${error.reference} is known during the run` }
    return { unknown: reasonOf(error) }
  }
}

function undoOf(
  activity: JsonObject,
  provider: ProviderFields,
  { type, from, ...rest }: Resolved,
  after: number | undefined,
): string {
  if (activity['keep'] === true) return 'kept on purpose (`keep`): nothing undoes it'
  const inTime = after === undefined ? '' : ` ${after} s after it began, at the latest at the end of the run`
  if (type === 'provider') {
    const summary = from.manifest.providers[provider.type]?.undoSummary
    return `${summary ?? 'cannot be undone'}${summary && inTime && ` What is undone is so${inTime}.`}`
  }
  const known: ManifestActivity | undefined = 'name' in rest ? from.manifest.activities[rest.name] : undefined
  if (known?.undoneBy) return `undone by ${known.undoneBy.join(', ')}${inTime}`
  return known?.undoSummary ?? 'cannot be undone'
}
