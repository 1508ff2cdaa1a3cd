import type {
  ClusterCodePackage,
  ClusterNode,
  ClusterPartition,
  ClusterReplica,
  ClusterSnapshot,
  Health,
} from '@squall/contract'
import type { ClusterFile } from '../cluster-file.ts'
import type { ListedMember } from '../host/etcd-client.ts'
import { type ClusterLook, type HostLook, isServing } from './cluster-look.ts'

export const application = 'fabric:/etcd'
export const service = 'fabric:/etcd/Store'
export const serviceManifest = 'StorePkg'
export const codePackage = 'etcd'

/** The cluster in the terms of continuous chaos: one partition, its members the replicas (11). */
export function snapshotOf(
  cluster: ClusterFile,
  look: ClusterLook,
  alarms: readonly string[],
): ClusterSnapshot {
  const partition = partitionOf(cluster, look)
  const { health } = partition
  return {
    nodes: look.hosts.map(nodeOf),
    applications: [
      {
        name: application,
        type: 'EtcdType',
        isUpgrading: versionsOf(look).length > 1,
        isSystem: false,
        health,
      },
    ],
    services: [
      {
        name: service,
        application,
        kind: 'stateful',
        hasPersistedState: true,
        hasPlacementConstraints: false,
        health,
      },
    ],
    partitions: [partition],
    replicas: look.members.map((member) => replicaOf(member, look, partition.id)),
    codePackages: look.hosts.flatMap((host) => codePackageOf(host, partition.id)),
    reports: alarms.map((alarm) => ({
      health: 'Error',
      source: 'etcd',
      description: `The alarm ${alarm} is raised.`,
    })),
  }
}

/** Those of the members that answer, each once. */
export function versionsOf({ hosts }: ClusterLook): string[] {
  return [...new Set(hosts.flatMap(({ status }) => (status ? [status.version] : [])))].toSorted()
}

/** A GUID made of the cluster's id. */
export function partitionIdOf({ clusterId }: ClusterLook): string {
  const hex = BigInt(clusterId).toString(16).padStart(16, '0')
  return `00000000-0000-0000-${hex.slice(0, 4)}-${hex.slice(4)}`
}

function nodeOf({ host, isUp, instance, member }: HostLook): ClusterNode {
  return {
    name: host.name,
    type: host.type,
    instanceId: String(instance),
    isSeed: member !== undefined,
    isUp,
    health: isUp ? 'Ok' : 'Error',
  }
}

function partitionOf({ size }: ClusterFile, look: ClusterLook): ClusterPartition {
  const serving = look.hosts.filter((host) => isServing(host, look.leader)).length
  const quorum = Math.floor(size / 2) + 1
  const isWhole = serving >= size && serving === look.members.length
  return {
    id: partitionIdOf(look),
    service,
    status: statusOf(serving >= quorum, look),
    targetSize: size,
    minSize: quorum,
    health: healthOf(serving >= quorum, isWhole),
  }
}

function statusOf(hasQuorum: boolean, { leader }: ClusterLook): ClusterPartition['status'] {
  if (leader && hasQuorum) return 'Ready'
  return leader ? 'InQuorumLoss' : 'Reconfiguring'
}

function healthOf(hasQuorum: boolean, isWhole: boolean): Health {
  if (!hasQuorum) return 'Error'
  return isWhole ? 'Ok' : 'Warning'
}

function replicaOf(member: ListedMember, look: ClusterLook, partition: string): ClusterReplica {
  const host = look.hosts.find((one) => one.member?.id === member.id)
  if (!host) throw new Error(`The member '${member.name}' at ${member.peerUrl} is on none of the hosts.`)
  const common = { id: member.id, partition, node: host.host.name }
  if (!isServing(host, look.leader)) {
    return { ...common, role: 'None', status: host.status ? 'InBuild' : 'Down', health: 'Warning' }
  }
  const role = host === look.leader ? 'Primary' : 'ActiveSecondary'
  return { ...common, role, status: 'Ready', health: 'Ok' }
}

function codePackageOf({ host, process, member }: HostLook, partition: string): ClusterCodePackage[] {
  if (!process && !member) return []
  return [
    {
      node: host.name,
      application,
      serviceManifest,
      activationId: '',
      name: codePackage,
      instanceId: process?.startedAt ?? '0',
      isRunning: process !== undefined,
      health: 'Ok',
      hosts: member ? [partition] : [],
    },
  ]
}
