import { type ChaosParameters, defaultChaosParameters, largestNumber } from './chaos-parameters.ts'
import { readContext } from './read-context.ts'
import { member, readBoolean, readObject, readWhole } from './read-fields.ts'
import { readHealthPolicy } from './read-health-policy.ts'
import { type FilterLimits, readTargetFilter } from './read-target-filter.ts'

const defaults = defaultChaosParameters

/**
 * Reads ChaosParameters from the JSON of the wire format: syntax and ranges first, then the filter's shape and size
 * (2.4). Unknown fields are ignored. Throws `SQUALL_CHAOS_PARAMETER` or `SQUALL_CHAOS_TOO_LARGE`.
 */
export function readChaosParameters(json: unknown, limits: FilterLimits = {}): ChaosParameters {
  const fields = readObject(json, 'ChaosParameters')
  const whole = (name: string, otherwise: number): number =>
    readWhole(fields, name, { limit: largestNumber, otherwise })
  const policy = member(fields, 'ClusterHealthPolicy')
  const context = member(fields, 'Context')
  const plain = {
    timeToRunSeconds: whole('TimeToRunInSeconds', defaults.timeToRunSeconds),
    maxClusterStabilizationTimeoutSeconds: whole(
      'MaxClusterStabilizationTimeoutInSeconds',
      defaults.maxClusterStabilizationTimeoutSeconds,
    ),
    maxConcurrentFaults: whole('MaxConcurrentFaults', defaults.maxConcurrentFaults),
    enableMoveReplicaFaults: readBoolean(fields, 'EnableMoveReplicaFaults', defaults.enableMoveReplicaFaults),
    waitTimeBetweenFaultsSeconds: whole(
      'WaitTimeBetweenFaultsInSeconds',
      defaults.waitTimeBetweenFaultsSeconds,
    ),
    waitTimeBetweenIterationsSeconds: whole(
      'WaitTimeBetweenIterationsInSeconds',
      defaults.waitTimeBetweenIterationsSeconds,
    ),
    clusterHealthPolicy: policy === undefined ? defaults.clusterHealthPolicy : readHealthPolicy(policy),
    context: context === undefined ? {} : readContext(context),
  }
  const filter = member(fields, 'ChaosTargetFilter')
  return filter === undefined ? plain : { ...plain, targetFilter: readTargetFilter(filter, limits) }
}
