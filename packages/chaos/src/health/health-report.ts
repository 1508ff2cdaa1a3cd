import type { ClusterSnapshot } from '@squall/contract'
import type { ClusterHealthPolicy } from '../parameters/chaos-parameters.ts'
import type { HealthReport } from '../service/chaos-service.ts'
import { clusterHealth } from './cluster-health.ts'
import { instability } from './instability.ts'

/** Nothing may be in `Error`; a `Warning` stays one. */
const strict: ClusterHealthPolicy = {
  considerWarningAsError: false,
  maxPercentUnhealthyNodes: 0,
  maxPercentUnhealthyApplications: 0,
}

/** Sums up how a cluster is, for somebody who waits until it is well again. */
export function healthReport(snapshot: ClusterSnapshot): HealthReport {
  const { health, reasons } = clusterHealth(snapshot, strict)
  const unstable = instability(snapshot)
  const { nodes, applications } = snapshot
  return {
    health: health === 'Ok' && unstable.length > 0 ? 'Warning' : health,
    reasons: [...reasons, ...unstable],
    nodes: nodes.map(({ name, health }) => ({ name, health })),
    applications: applications.map(({ name, health }) => ({ name, health })),
  }
}
