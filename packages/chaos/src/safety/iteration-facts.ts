import type {
  ClusterApplication,
  ClusterNode,
  ClusterPartition,
  ClusterReplica,
  ClusterService,
  ClusterSnapshot,
  Fault,
} from '@squall/contract'
import { internalSettings } from '../parameters/internal-settings.ts'
import type { PlanRequest } from '../plan/plan-request.ts'
import { groupedBy, type Touched, touchedBy } from './touched.ts'

/** A partition with what it belongs to. */
export interface PartitionFacts {
  readonly partition: ClusterPartition
  readonly service: ClusterService
  readonly application: ClusterApplication
  readonly replicas: readonly ClusterReplica[]
}

/** What the rules of an iteration look at (5.4). */
export interface IterationFacts {
  readonly snapshot: ClusterSnapshot
  readonly request: PlanRequest
  /** In the order of the faults. */
  readonly touched: readonly Touched[]
  readonly nodes: ReadonlyMap<string, ClusterNode>
  /** Partitions that have a replica, or are hosted, on a node the faults touch; those of system services left out. */
  readonly partitions: ReadonlyMap<string, PartitionFacts>
  /** Whether an application may be a target at all: one of the system only when the run says so (4.7). */
  isTarget(application: string): boolean
}

export function factsOf(
  snapshot: ClusterSnapshot,
  faults: readonly Fault[],
  request: PlanRequest,
): IterationFacts {
  const touched = touchedBy(snapshot, faults)
  const nodes = new Map(snapshot.nodes.map((node) => [node.name, node]))
  const { faultsSystemServices } = internalSettings(request.parameters.context)
  const system = new Set(snapshot.applications.filter(({ isSystem }) => isSystem).map(({ name }) => name))
  const isTarget = (application: string): boolean => faultsSystemServices || !system.has(application)
  const partitions = partitionsNear(snapshot, touched, isTarget)
  return { snapshot, request, touched, nodes, partitions, isTarget }
}

function partitionsNear(
  snapshot: ClusterSnapshot,
  touched: readonly Touched[],
  isTarget: IterationFacts['isTarget'],
): ReadonlyMap<string, PartitionFacts> {
  const places = new Set(touched.flatMap(({ place, destination }) => [place, destination ?? place]))
  const near = new Set(
    snapshot.replicas.filter(({ node }) => places.has(node)).map(({ partition }) => partition),
  )
  for (const { node, hosts } of snapshot.codePackages) {
    if (places.has(node)) for (const partition of hosts) near.add(partition)
  }
  const replicas = groupedBy(
    snapshot.replicas.filter(({ partition }) => near.has(partition)),
    ({ partition }) => partition,
  )
  const services = new Map(snapshot.services.map((service) => [service.name, service]))
  const applications = new Map(snapshot.applications.map((application) => [application.name, application]))
  const facts = new Map<string, PartitionFacts>()
  for (const partition of snapshot.partitions) {
    const service = near.has(partition.id) ? services.get(partition.service) : undefined
    const application = service && applications.get(service.application)
    if (!service || !application || !isTarget(application.name)) continue
    facts.set(partition.id, { partition, service, application, replicas: replicas.get(partition.id) ?? [] })
  }
  return facts
}

/** The write quorum of the target size; undefined for a stateless service (5.1). */
export function quorumOf({ partition, service }: PartitionFacts): number | undefined {
  return service.kind === 'stateful' ? Math.floor(partition.targetSize / 2) + 1 : undefined
}

/** Why a partition must be left alone; undefined when it need not (R3). */
export function weaknessOf(facts: PartitionFacts): string | undefined {
  const { partition, service, application, replicas } = facts
  const health = [partition, service, application].find((each) => each.health !== 'Ok')
  if (health) return `partition ${partition.id} or what it belongs to has health ${health.health}`
  const ready = replicas.filter(({ status }) => status === 'Ready').length
  const quorum = quorumOf(facts) ?? 0
  return ready < quorum ? `partition ${partition.id} has ${ready} ready replicas of ${quorum}` : undefined
}
