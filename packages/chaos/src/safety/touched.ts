import type { ClusterCodePackage, ClusterReplica, ClusterSnapshot, Fault } from '@squall/contract'

/** What one fault touches, read from the snapshot and the fault's names alone, without the planner's flags. */
export interface Touched {
  readonly fault: Fault
  /** Node that goes down as a whole. */
  readonly node?: string
  /** Code packages that go down. */
  readonly codePackages: readonly ClusterCodePackage[]
  /** Replicas that go down or away. */
  readonly replicas: readonly ClusterReplica[]
  /** Where the fault happens. */
  readonly place: string
  /** Node that something is moved to. */
  readonly destination?: string
}

/** The entities of a snapshot that an iteration's faults touch. */
export function touchedBy(snapshot: ClusterSnapshot, faults: readonly Fault[]): readonly Touched[] {
  const places = new Set(faults.map(placeOf))
  const replicas = groupedBy(
    snapshot.replicas.filter(({ node }) => places.has(node)),
    ({ node }) => node,
  )
  const packages = groupedBy(
    snapshot.codePackages.filter(({ node }) => places.has(node)),
    ({ node }) => node,
  )
  return faults.map((fault) => {
    const place = placeOf(fault)
    return touched(fault, { place, replicas: replicas.get(place) ?? [], packages: packages.get(place) ?? [] })
  })
}

interface Surroundings {
  readonly place: string
  readonly replicas: readonly ClusterReplica[]
  readonly packages: readonly ClusterCodePackage[]
}

function touched(fault: Fault, { place, replicas, packages }: Surroundings): Touched {
  const kind = fault.kind === 'driver' ? fault.disturbs : fault.kind
  if (kind === 'restart-node' || kind === 'node')
    return { fault, place, node: place, codePackages: packages, replicas }
  if (kind === 'restart-code-package' || kind === 'code-package') {
    const own = packages.filter((codePackage) => isNamed(codePackage, fault))
    const hosted = new Set(own.flatMap(({ hosts }) => hosts))
    return {
      fault,
      place,
      codePackages: own,
      replicas: replicas.filter(({ partition }) => hosted.has(partition)),
    }
  }
  const { partition, replica } = fault as { partition?: string; replica?: string }
  const own = replicas.filter((each) => each.partition === partition && each.id === replica)
  const destination = 'to' in fault ? { destination: fault.to } : {}
  return { fault, place, codePackages: [], replicas: own, ...destination }
}

function placeOf(fault: Fault): string {
  return 'from' in fault ? fault.from : fault.node
}

function isNamed(codePackage: ClusterCodePackage, fault: Fault): boolean {
  const named = fault as Partial<
    Record<'application' | 'serviceManifest' | 'activationId' | 'codePackage', string>
  >
  return (
    codePackage.application === named.application &&
    codePackage.serviceManifest === named.serviceManifest &&
    codePackage.activationId === named.activationId &&
    codePackage.name === named.codePackage
  )
}

export function groupedBy<Item>(items: readonly Item[], keyOf: (item: Item) => string): Map<string, Item[]> {
  const groups = new Map<string, Item[]>()
  for (const item of items) {
    const group = groups.get(keyOf(item))
    if (group) group.push(item)
    else groups.set(keyOf(item), [item])
  }
  return groups
}
