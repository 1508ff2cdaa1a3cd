import path from 'node:path'
import { type JsonObject, type JsonValue, SquallError } from '@squall/contract'
import type { StartOptions } from '../../chaos-parts.ts'
import type { ParameterOptions } from './chaos-options.ts'
import { readJsonFile, readJsonText } from './read-json.ts'

/** ChaosParameters as JSON of the wire, from a file and options; what nobody named is left to its default. */
export async function wireParameters(options: ParameterOptions, directory: string): Promise<JsonObject> {
  const file = options.parameters
  const base = file === undefined ? {} : await readJsonFile(path.resolve(directory, file))
  const given: Readonly<Record<string, JsonValue | undefined>> = {
    TimeToRunInSeconds: options.timeToRun === undefined ? undefined : String(options.timeToRun),
    MaxClusterStabilizationTimeoutInSeconds: options.maxClusterStabilization,
    MaxConcurrentFaults: options.maxConcurrentFaults,
    EnableMoveReplicaFaults: options.disableMoveReplicaFaults ? false : undefined,
    WaitTimeBetweenFaultsInSeconds: options.waitTimeBetweenFaults,
    WaitTimeBetweenIterationsInSeconds: options.waitTimeBetweenIterations,
    ClusterHealthPolicy: jsonOption('--cluster-health-policy', options.clusterHealthPolicy),
    ChaosTargetFilter: jsonOption('--chaos-target-filter', options.chaosTargetFilter),
    Context: contextOf(options.context),
  }
  const named = Object.entries(given).filter(([, value]) => value !== undefined)
  return { ...base, ...Object.fromEntries(named) } as JsonObject
}

/** What of a run lies outside the wire format. */
export function startOptions(options: ParameterOptions & { readonly seed?: number }): StartOptions {
  const { seed, includeKinds, excludeKinds, weights, exclude } = options
  const kinds = {
    ...(includeKinds ? { include: includeKinds } : {}),
    ...(excludeKinds ? { exclude: excludeKinds } : {}),
    ...(weights ? { weights: weightsOf(weights) } : {}),
  }
  return {
    ...(seed === undefined ? {} : { seed }),
    ...(Object.keys(kinds).length > 0 ? { kinds } : {}),
    ...(exclude === undefined ? {} : { exclude: readJsonText(exclude, '--exclude') }),
  } as StartOptions
}

function jsonOption(name: string, text: string | undefined): JsonObject | undefined {
  return text === undefined ? undefined : readJsonText(text, name)
}

function contextOf(text: string | undefined): JsonObject | undefined {
  return text === undefined ? undefined : { Map: readJsonText(text, '--context') }
}

function weightsOf(texts: readonly string[]): Record<string, number> {
  return Object.fromEntries(
    texts.map((text) => {
      const [, kind = '', weight] = /^(.+)=(\d+(?:\.\d+)?)$/.exec(text) ?? []
      if (weight === undefined)
        throw new SquallError('SQUALL_USAGE', { reason: `--weights takes KIND=NUMBER, not '${text}'.` })
      return [kind, Number(weight)]
    }),
  )
}
