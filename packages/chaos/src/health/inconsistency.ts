import type { ClusterSnapshot } from '@squall/contract'

/** What makes a snapshot inconsistent (10), so that another one has to be taken; undefined when nothing does. */
export function inconsistency(snapshot: ClusterSnapshot): string | undefined {
  return missingReference(snapshot) ?? brokenReplica(snapshot)
}

function missingReference(snapshot: ClusterSnapshot): string | undefined {
  const nodes = new Set(snapshot.nodes.map(({ name }) => name))
  const applications = new Set(snapshot.applications.map(({ name }) => name))
  const services = new Set(snapshot.services.map(({ name }) => name))
  const partitions = new Set(snapshot.partitions.map(({ id }) => id))
  if (nodes.size < snapshot.nodes.length) return 'two nodes have the same name'
  if (partitions.size < snapshot.partitions.length) return 'two partitions have the same id'
  const lost = [
    ...missing(snapshot.services, ({ application }) => application, applications, 'application'),
    ...missing(snapshot.partitions, ({ service }) => service, services, 'service'),
    ...missing(snapshot.replicas, ({ partition }) => partition, partitions, 'partition'),
    ...missing(snapshot.replicas, ({ node }) => node, nodes, 'node'),
    ...missing(snapshot.codePackages, ({ node }) => node, nodes, 'node'),
    ...missing(snapshot.codePackages, ({ application }) => application, applications, 'application'),
  ]
  return lost[0]
}

function missing<Item>(
  items: readonly Item[],
  nameOf: (item: Item) => string,
  known: ReadonlySet<string>,
  what: string,
): string[] {
  const lost = items.find((item) => !known.has(nameOf(item)))
  return lost === undefined ? [] : [`the ${what} ${nameOf(lost)} is named but not there`]
}

function brokenReplica(snapshot: ClusterSnapshot): string | undefined {
  const down = new Set(snapshot.nodes.filter(({ isUp }) => !isUp).map(({ name }) => name))
  const places = new Set<string>()
  const primaries = new Set<string>()
  const hosts = hostCounts(snapshot)
  for (const { partition, node, role, status } of snapshot.replicas) {
    const place = `${partition} ${node}`
    if (places.has(place)) return `partition ${partition} has two replicas on node ${node}`
    places.add(place)
    if (status !== 'Ready') continue
    if (down.has(node)) return `a replica of partition ${partition} is ready on node ${node}, which is down`
    if (role === 'Primary' && primaries.has(partition)) return `partition ${partition} has two primaries`
    if (role === 'Primary') primaries.add(partition)
    const count = hosts.get(place) ?? 0
    if (count !== 1) return `the replica of partition ${partition} on node ${node} has ${count} hosts`
  }
  return undefined
}

function hostCounts({ codePackages }: ClusterSnapshot): ReadonlyMap<string, number> {
  const counts = new Map<string, number>()
  for (const { node, hosts } of codePackages) {
    for (const partition of hosts) {
      const place = `${partition} ${node}`
      counts.set(place, (counts.get(place) ?? 0) + 1)
    }
  }
  return counts
}
