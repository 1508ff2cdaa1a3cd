import type { JsonObject } from '@squall/contract'
import type { ChaosParameters, ClusterHealthPolicy, TypePercentage } from './chaos-parameters.ts'

/** Writes ChaosParameters as the JSON of the wire format: the time to run as a text, other figures as numbers (2.1). */
export function writeChaosParameters(parameters: ChaosParameters): JsonObject {
  const { targetFilter } = parameters
  return {
    TimeToRunInSeconds: String(parameters.timeToRunSeconds),
    MaxClusterStabilizationTimeoutInSeconds: parameters.maxClusterStabilizationTimeoutSeconds,
    MaxConcurrentFaults: parameters.maxConcurrentFaults,
    EnableMoveReplicaFaults: parameters.enableMoveReplicaFaults,
    WaitTimeBetweenFaultsInSeconds: parameters.waitTimeBetweenFaultsSeconds,
    WaitTimeBetweenIterationsInSeconds: parameters.waitTimeBetweenIterationsSeconds,
    ClusterHealthPolicy: writePolicy(parameters.clusterHealthPolicy),
    Context: { Map: { ...parameters.context } },
    ...(targetFilter && {
      ChaosTargetFilter: {
        NodeTypeInclusionList: [...targetFilter.nodeTypes],
        ApplicationInclusionList: [...targetFilter.applications],
      },
    }),
  }
}

function writePolicy(policy: ClusterHealthPolicy): JsonObject {
  const { applicationTypes, nodeTypes } = policy
  return {
    ConsiderWarningAsError: policy.considerWarningAsError,
    MaxPercentUnhealthyNodes: policy.maxPercentUnhealthyNodes,
    MaxPercentUnhealthyApplications: policy.maxPercentUnhealthyApplications,
    ...(applicationTypes && { ApplicationTypeHealthPolicyMap: writePercentages(applicationTypes) }),
    ...(nodeTypes && { NodeTypeHealthPolicyMap: writePercentages(nodeTypes) }),
  }
}

function writePercentages(list: readonly TypePercentage[]): JsonObject[] {
  return list.map(({ type, percent }) => ({ Key: type, Value: percent }))
}
