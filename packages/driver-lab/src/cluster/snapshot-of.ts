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
import type { HostedInstance, LabHosts, Service } from '@squall/lab'
import {
  applicationOf,
  hostName,
  instanceIdOf,
  manifestOf,
  partitionOf,
  replicaIdOf,
  serviceNameOf,
  services,
} from './lab-names.ts'

/** A lab in the terms of continuous chaos: each service an application with interchangeable instances (11). */
export function snapshotOf(lab: LabHosts): ClusterSnapshot {
  const instances = lab.instances.toSorted((a, b) => a.host - b.host || order(a) - order(b))
  return {
    nodes: lab.hosts.map((host, n) => nodeOf(host, n)),
    applications: services.map((service) => seenApplication(lab, service)),
    services: services.map((service) => seenService(lab, service)),
    partitions: services.map((service) => seenPartition(lab, service)),
    replicas: instances.map((instance) => seenReplica(lab, instance)),
    codePackages: instances.map((instance) => seenCodePackage(lab, instance)),
    reports: lab.silent.map((program) => ({
      health: 'Error',
      source: 'lab',
      description: `The ${program} does not answer.`,
    })),
  }
}

function order({ service }: HostedInstance): number {
  return services.indexOf(service)
}

function nodeOf({ instance, isUp }: LabHosts['hosts'][number], n: number): ClusterNode {
  return {
    name: hostName(n),
    type: 'LabHostType',
    instanceId: String(instance),
    isSeed: false,
    isUp,
    health: isUp ? 'Ok' : 'Error',
  }
}

function seenApplication(lab: LabHosts, service: Service): ClusterApplication {
  return {
    name: applicationOf(service),
    type: `${applicationOf(service).replace('fabric:/', '')}Type`,
    isUpgrading: lab.deploying !== undefined,
    isSystem: false,
    health: healthOf(lab, service),
  }
}

function seenService(lab: LabHosts, service: Service): ClusterService {
  return {
    name: serviceNameOf(service),
    application: applicationOf(service),
    kind: 'stateless',
    hasPersistedState: false,
    hasPlacementConstraints: false,
    health: healthOf(lab, service),
  }
}

function seenPartition(lab: LabHosts, service: Service): ClusterPartition {
  return {
    id: partitionOf(lab, service),
    service: serviceNameOf(service),
    status: ready(lab, service) > 0 ? 'Ready' : 'NotReady',
    targetSize: lab.wanted,
    minSize: 1,
    health: healthOf(lab, service),
  }
}

function ready(lab: LabHosts, service: Service): number {
  return lab.instances.filter((one) => one.service === service && one.isHealthy).length
}

function healthOf(lab: LabHosts, service: Service): Health {
  const count = ready(lab, service)
  if (count === 0) return 'Error'
  return count < lab.wanted ? 'Warning' : 'Ok'
}

function seenReplica(lab: LabHosts, instance: HostedInstance): ClusterReplica {
  return {
    id: replicaIdOf(instance),
    partition: partitionOf(lab, instance.service),
    node: hostName(instance.host),
    role: 'None',
    status: instance.isHealthy ? 'Ready' : 'Down',
    health: instance.isHealthy ? 'Ok' : 'Warning',
  }
}

function seenCodePackage(lab: LabHosts, instance: HostedInstance): ClusterCodePackage {
  return {
    node: hostName(instance.host),
    application: applicationOf(instance.service),
    serviceManifest: manifestOf(instance.service),
    activationId: '',
    name: instance.service,
    instanceId: instanceIdOf(instance),
    isRunning: true,
    health: 'Ok',
    hosts: [partitionOf(lab, instance.service)],
  }
}
