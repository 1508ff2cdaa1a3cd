import type {
  ClusterApplication,
  ClusterCodePackage,
  ClusterNode,
  ClusterPartition,
  ClusterReplica,
  ClusterService,
  ClusterSnapshot,
  Health,
} from '@squall/contract'
import { primaryOf, servingCount } from '../state/quorum.ts'
import type {
  SimApplication,
  SimCodePackage,
  SimNode,
  SimPartition,
  SimReplica,
  SimService,
  World,
} from '../state/world.ts'
import { applicationHealth, nodeHealth, packageHealth, partitionHealth, serviceHealth } from './health.ts'

/** The cluster as it is now, in a fixed order: nodes by name, the others as the topology has them. */
export function snapshotOf(world: World, reports: ClusterSnapshot['reports']): ClusterSnapshot {
  const services = world.applications.flatMap((application) => application.services)
  const partitions = services.flatMap((service) => service.partitions)
  const seen = partitions.map((partition) => seenPartition(world, partition))
  return {
    nodes: world.nodes.map((node) => seenNode(world, node)),
    applications: world.applications.map((application) => seenApplication(world, application)),
    services: services.map((service) => seenService(world, service)),
    partitions: seen,
    replicas: partitions.flatMap((partition) => [...partition.replicas].map(seenReplica)),
    codePackages: world.nodes.flatMap((node) =>
      [...node.packages.values()].map((codePackage) => seenCodePackage(world, codePackage)),
    ),
    reports,
  }
}

function seenNode(world: World, node: SimNode): ClusterNode {
  const { name, type, isSeed, isUp, instance } = node
  return { name, type, instanceId: String(instance), isSeed, isUp, health: nodeHealth(world, node) }
}

function seenApplication(world: World, application: SimApplication): ClusterApplication {
  const { name, type, isUpgrading, isSystem } = application
  return { name, type, isUpgrading, isSystem, health: applicationHealth(world, application) }
}

function seenService(world: World, service: SimService): ClusterService {
  return {
    name: service.name,
    application: service.application.name,
    kind: service.kind,
    hasPersistedState: service.persisted,
    hasPlacementConstraints: service.nodeTypes !== undefined,
    health: serviceHealth(world, service),
  }
}

function seenPartition(world: World, partition: SimPartition): ClusterPartition {
  const { id, service, targetSize, minSize } = partition
  return {
    id,
    service: service.name,
    status: statusOf(partition),
    targetSize,
    minSize,
    health: partitionHealth(world, partition),
  }
}

function statusOf(partition: SimPartition): ClusterPartition['status'] {
  if (partition.inQuorumLoss) return 'InQuorumLoss'
  if (partition.service.kind === 'stateless') return servingCount(partition) > 0 ? 'Ready' : 'NotReady'
  return primaryOf(partition) ? 'Ready' : 'Reconfiguring'
}

function seenReplica({ id, partition, node, role, status }: SimReplica): ClusterReplica {
  return { id, partition: partition.id, node: node.name, role, status, health: healthOf(status) }
}

function healthOf(status: SimReplica['status']): Health {
  return status === 'Ready' ? 'Ok' : 'Warning'
}

function seenCodePackage(world: World, codePackage: SimCodePackage): ClusterCodePackage {
  const { node, application, manifest, name, instance, isRunning, replicas } = codePackage
  return {
    node: node.name,
    application: application.name,
    serviceManifest: manifest,
    activationId: '',
    name,
    instanceId: String(instance),
    isRunning,
    health: packageHealth(world, codePackage),
    hosts: [...replicas].map(({ partition }) => partition.id),
  }
}
