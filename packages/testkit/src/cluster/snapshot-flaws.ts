import type { ClusterReplica, ClusterSnapshot } from '@squall/contract'

/** Everything that makes a snapshot inconsistent (service-fabric-chaos 10), each in a sentence; none when it is sound. */
export function snapshotFlaws(snapshot: ClusterSnapshot): string[] {
  return [
    ...nameFlaws(snapshot),
    ...replicaFlaws(snapshot),
    ...hostFlaws(snapshot),
    ...partitionFlaws(snapshot),
  ]
}

function nameFlaws({ nodes, applications, services, partitions }: ClusterSnapshot): string[] {
  const known = new Set(applications.map(({ name }) => name))
  const knownServices = new Set(services.map(({ name }) => name))
  return [
    ...twice(
      'node',
      nodes.map(({ name }) => name),
    ),
    ...twice(
      'application',
      applications.map(({ name }) => name),
    ),
    ...twice(
      'service',
      services.map(({ name }) => name),
    ),
    ...twice(
      'partition',
      partitions.map(({ id }) => id),
    ),
    ...services.flatMap(({ name, application }) =>
      known.has(application) ? [] : [`service ${name} is of '${application}', which is no application`],
    ),
    ...partitions.flatMap(({ id, service }) =>
      knownServices.has(service) ? [] : [`partition ${id} is of '${service}', which is no service`],
    ),
    ...nodes.flatMap(({ name, instanceId }) =>
      /^\d+$/.test(instanceId) ? [] : [`the instance of node ${name} is '${instanceId}', no decimal integer`],
    ),
  ]
}

function twice(what: string, names: readonly string[]): string[] {
  const seen = new Set<string>()
  return names.flatMap((name) => {
    if (seen.has(name)) return [`there are two of ${what} ${name}`]
    seen.add(name)
    return []
  })
}

function replicaFlaws({ nodes, partitions, replicas }: ClusterSnapshot): string[] {
  const nodeOf = new Map(nodes.map((node) => [node.name, node]))
  const known = new Set(partitions.map(({ id }) => id))
  return [
    ...twice(
      'replica of a partition on a node:',
      replicas.map(({ partition, node }) => `${partition} on ${node}`),
    ),
    ...replicas.flatMap(({ id, partition, node, status }) => [
      ...(known.has(partition) ? [] : [`replica ${id} is of '${partition}', which is no partition`]),
      ...(nodeOf.has(node) ? [] : [`replica ${id} is on '${node}', which is no node`]),
      ...(status === 'Ready' && nodeOf.get(node)?.isUp === false
        ? [`replica ${id} is Ready on ${node}, which is down`]
        : []),
    ]),
  ]
}

/** Each Ready replica is hosted by one running code package of its application. */
function hostFlaws({ partitions, services, replicas, codePackages }: ClusterSnapshot): string[] {
  const applicationOf = new Map(services.map(({ name, application }) => [name, application]))
  const ownerOf = new Map(partitions.map(({ id, service }) => [id, applicationOf.get(service)]))
  const hosts = new Map<string, number>()
  for (const { node, application, isRunning, hosts: hosted } of codePackages) {
    if (!isRunning) continue
    for (const partition of hosted) {
      if (ownerOf.get(partition) !== application) continue
      hosts.set(`${partition} ${node}`, (hosts.get(`${partition} ${node}`) ?? 0) + 1)
    }
  }
  return replicas.flatMap(({ id, partition, node, status }) => {
    const count = hosts.get(`${partition} ${node}`) ?? 0
    return status !== 'Ready' || count === 1
      ? []
      : [`${count} running code packages host replica ${id} on ${node}`]
  })
}

function partitionFlaws({ partitions, services, replicas }: ClusterSnapshot): string[] {
  const kindOf = new Map(services.map(({ name, kind }) => [name, kind]))
  const byPartition = new Map<string, ClusterReplica[]>()
  for (const replica of replicas) {
    const others = byPartition.get(replica.partition)
    if (others) others.push(replica)
    if (!others) byPartition.set(replica.partition, [replica])
  }
  return partitions.flatMap(({ id, service }) => {
    const roles = (byPartition.get(id) ?? []).map(({ role }) => role)
    const primaries = roles.filter((role) => role === 'Primary').length
    const isStateless = kindOf.get(service) === 'stateless'
    return [
      ...(primaries > 1 ? [`partition ${id} has ${primaries} primaries`] : []),
      ...(isStateless && roles.some((role) => role !== 'None')
        ? [`stateless partition ${id} has roles`]
        : []),
    ]
  })
}
