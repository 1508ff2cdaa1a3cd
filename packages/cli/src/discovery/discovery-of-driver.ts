import type { DiscoveredActivity, Discovery, JsonObject, ManifestActivity } from '@squall/contract'
import { chaoslibVersion, type DriverPackage } from '@squall/core'
import { type Field, fieldsOfSchema, typeOfSchema } from './fields.ts'

/** What only the machine can tell. */
export interface DiscoveryFacts {
  readonly id: string
  readonly date: string
  readonly platform: JsonObject
}

/**
 * What a driver offers, in the shape `chaos discover` writes (spec 23.1), read from its manifest. `provider` and `schema`
 * of an activity are additions: what to write into an experiment, and the whole schema of its arguments.
 */
export function discoveryOfDriver(target: string, driver: DriverPackage, facts: DiscoveryFacts): Discovery {
  const { name, version, manifest } = driver
  return {
    chaoslib_version: chaoslibVersion,
    id: facts.id,
    target,
    date: facts.date,
    platform: facts.platform,
    extension: { name, version },
    activities: Object.entries(manifest.activities).map(([func, activity]) =>
      activityOf(func, activity, driver),
    ),
    system: null,
  }
}

function activityOf(
  func: string,
  activity: ManifestActivity,
  { name, manifest }: DriverPackage,
): DiscoveredActivity {
  const { kind, summary, args, result } = activity
  const returns = result && typeOfSchema(result)
  return {
    type: kind,
    name: func,
    mod: name,
    doc: summary,
    arguments: fieldsOfSchema(args).map(argumentOf),
    ...(returns === undefined ? {} : { return_type: returns }),
    provider: { type: manifest.name, func },
    schema: args as JsonObject,
  }
}

function argumentOf({
  name,
  type,
  default: preset,
  isRequired,
}: Field): DiscoveredActivity['arguments'][number] {
  return {
    name,
    // Only an argument with a default can be left out, as in Python.
    ...(preset === undefined && isRequired ? {} : { default: preset ?? null }),
    ...(type === undefined ? {} : { type }),
  }
}
