import {
  defineControl,
  type HookCall,
  isObject,
  type JsonObject,
  type JsonValue,
  type Log,
} from '@squall/contract'
import { z } from 'zod'
import { argumentProblems } from './argument-problems.ts'

const schema = z.object({
  repeat_count: z.int().min(0).default(0),
  break_if_previous_iteration_failed: z.boolean().default(false),
})

type Repetition = z.infer<typeof schema>

/** Plays an activity several times: copies of it are put right behind it once it has been played. */
export const repeat = defineControl({
  summary: 'Plays an activity several times, each with an entry of its own in the journal.',
  validate: (declaration) => argumentProblems(schema, declaration),
  open: async (_declaration, { log }) => ({
    hooks: { 'after-activity': async (call) => afterActivity(call, schema.parse(call.arguments), log) },
  }),
})

function afterActivity(call: HookCall, repetition: Repetition, log: Log): void {
  const activity = call.context.value
  const experiment = call.experiment?.value
  if (!isObject(activity) || !experiment) return
  const place = placeOf(activity as JsonObject, experiment)
  // One that is played by `ref` was met where it stands itself, or will be.
  if (!place) return
  const run = call.state?.value
  const hasFailed = isObject(run) && run['status'] !== 'succeeded'
  const stops = repetition.break_if_previous_iteration_failed && hasFailed
  if ('iteration_index' in activity) {
    if (stops) takeBack(place)
    return
  }
  if (stops || isCopy(place.list[place.at + 1], activity as JsonObject)) return
  if (activity['background'] === true) {
    const name = String(activity['name'])
    log.warn(
      `'${name}' is not repeated: it runs in the background, and what stands behind it may be under way.`,
    )
    return
  }
  place.list.splice(place.at + 1, 0, ...copiesOf(activity as JsonObject, repetition.repeat_count - 1))
}

interface PlaceInList {
  readonly list: JsonValue[]
  readonly at: number
}

/** By identity: several activities may have one name. */
function placeOf(activity: JsonObject, experiment: JsonObject): PlaceInList | undefined {
  const hypothesis = experiment['steady-state-hypothesis']
  const probes = isObject(hypothesis) ? (hypothesis as JsonObject)['probes'] : undefined
  for (const list of [probes, experiment['method'], experiment['rollbacks']]) {
    const at = Array.isArray(list) ? list.indexOf(activity) : -1
    if (Array.isArray(list) && at >= 0) return { list, at }
  }
  return undefined
}

function copiesOf(activity: JsonObject, count: number): JsonObject[] {
  return Array.from({ length: Math.max(0, count) }, (_, index) => ({
    ...(JSON.parse(JSON.stringify(activity)) as JsonObject),
    iteration_index: index + 1,
  }))
}

/** A hypothesis is checked several times, but its probes are copied once. */
function isCopy(entry: JsonValue | undefined, activity: JsonObject): entry is JsonObject {
  return isObject(entry) && 'iteration_index' in entry && (entry as JsonObject)['name'] === activity['name']
}

/** The copies behind one that failed. */
function takeBack({ list, at }: PlaceInList): void {
  const activity = list[at] as JsonObject
  let last = at
  while (isCopy(list[last + 1], activity)) last += 1
  if (last > at) list.splice(at + 1, last - at)
}
