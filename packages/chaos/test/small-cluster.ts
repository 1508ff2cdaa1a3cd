import type {
  ClusterCodePackage,
  ClusterNode,
  ClusterReplica,
  ClusterSnapshot,
  Health,
  ReplicaStatus,
} from '@squall/contract'

/** A service of a small cluster, with one partition. */
export interface ServiceDraft {
  readonly name: string
  readonly application?: string
  readonly kind?: 'stateful' | 'stateless'
  readonly target?: number
  readonly persisted?: boolean
  readonly constrained?: boolean
  readonly health?: Health
  /** Nodes of its replicas by number, counted from 1; the first one is the primary. */
  readonly on: readonly number[]
  /** Statuses that are not `Ready`, by node. */
  readonly statuses?: Readonly<Record<number, ReplicaStatus>>
}

export interface ClusterDraft {
  readonly nodes: number | readonly Partial<ClusterNode>[]
  readonly services?: readonly ServiceDraft[]
  readonly upgrading?: readonly string[]
  readonly applicationHealth?: Readonly<Record<string, Health>>
  readonly reports?: ClusterSnapshot['reports']
}

/** Writes a snapshot out of what matters to a test. Node 1 is called `N01`; the services of an application share a code package per node. */
export function smallCluster(draft: ClusterDraft): ClusterSnapshot {
  const services = draft.services ?? []
  const applications = [...new Set(services.map(applicationOf))].map((name) => ({
    name,
    type: `${name.slice('fabric:/'.length)}Type`,
    isUpgrading: draft.upgrading?.includes(name) ?? false,
    isSystem: name === 'fabric:/System',
    health: draft.applicationHealth?.[name] ?? ('Ok' as const),
  }))
  return {
    nodes: nodesOf(draft),
    applications,
    services: services.map((service) => ({
      name: service.name,
      application: applicationOf(service),
      kind: service.kind ?? 'stateful',
      hasPersistedState: service.persisted ?? service.kind !== 'stateless',
      hasPlacementConstraints: service.constrained ?? false,
      health: 'Ok',
    })),
    partitions: services.map((service) => ({
      id: `P-${service.name}`,
      service: service.name,
      status: 'Ready',
      targetSize: service.target ?? service.on.length,
      minSize: 1,
      health: service.health ?? 'Ok',
    })),
    replicas: services.flatMap(replicasOf),
    codePackages: codePackagesOf(services),
    reports: draft.reports ?? [],
  }
}

export function nodeName(number: number): string {
  return `N${String(number).padStart(2, '0')}`
}

function applicationOf({ application = 'fabric:/App' }: ServiceDraft): string {
  return application
}

function nodesOf({ nodes }: ClusterDraft): ClusterNode[] {
  const drafts = typeof nodes === 'number' ? Array.from({ length: nodes }, () => ({})) : nodes
  return drafts.map((draft, at) => ({
    name: nodeName(at + 1),
    type: 'Any',
    instanceId: String(at + 1),
    isSeed: false,
    isUp: true,
    health: 'Ok',
    ...draft,
  }))
}

function replicasOf(service: ServiceDraft): ClusterReplica[] {
  return service.on.map((node, at) => ({
    id: `${service.name}-${node}`,
    partition: `P-${service.name}`,
    node: nodeName(node),
    role: roleOf(service, at),
    status: service.statuses?.[node] ?? 'Ready',
    health: 'Ok',
  }))
}

function roleOf({ kind }: ServiceDraft, at: number): ClusterReplica['role'] {
  if (kind === 'stateless') return 'None'
  return at === 0 ? 'Primary' : 'ActiveSecondary'
}

function codePackagesOf(services: readonly ServiceDraft[]): ClusterCodePackage[] {
  const hosts = new Map<string, { application: string; node: number; hosts: string[] }>()
  for (const service of services) {
    for (const node of service.on) {
      const application = applicationOf(service)
      const key = `${application} ${node}`
      const entry = hosts.get(key) ?? { application, node, hosts: [] }
      entry.hosts.push(`P-${service.name}`)
      hosts.set(key, entry)
    }
  }
  return [...hosts.values()].map(({ application, node, hosts: partitions }) => ({
    node: nodeName(node),
    application,
    serviceManifest: 'Pkg',
    activationId: '',
    name: 'Code',
    instanceId: '1',
    isRunning: true,
    health: 'Ok',
    hosts: partitions,
  }))
}
