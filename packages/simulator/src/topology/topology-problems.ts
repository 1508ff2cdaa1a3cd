import type { SchemaIssue } from '@squall/contract'
import { nodesOf, type Topology, type TopologyService } from './topology.ts'

type Path = (string | number)[]
type Node = ReturnType<typeof nodesOf>[number]

/** What a topology of the right shape can still have wrong. */
export function topologyProblems(topology: Topology): SchemaIssue[] {
  const nodes = nodesOf(topology)
  const services = topology.applications.flatMap((application, a) =>
    application.services.map((service, s) => ({
      service,
      name: `${application.name} ${service.name}`,
      path: ['applications', a, 'services', s],
    })),
  )
  return [
    ...twice(
      topology.nodes.map((entry) => ('name' in entry ? entry.name : (entry.prefix ?? entry.type))),
      'node or group of nodes',
      (n) => ['nodes', n],
    ),
    ...twice(
      nodes.map(({ name }) => name),
      'node',
      () => ['nodes'],
    ),
    ...twice(
      topology.applications.map(({ name }) => name),
      'application',
      (n) => ['applications', n, 'name'],
    ),
    ...twice(
      services.map(({ name }) => name),
      'service',
      (n) => [...(services[n]?.path ?? []), 'name'],
    ),
    ...services.flatMap(({ service, path }) => serviceProblems(service, nodes, path)),
    ...sizeProblems(nodes.length, topology),
  ]
}

function twice(names: readonly string[], what: string, pathOf: (n: number) => Path): SchemaIssue[] {
  const first = new Map(names.map((name, n) => [name, n] as const).toReversed())
  return names.flatMap((name, n) =>
    first.get(name) === n ? [] : [{ path: pathOf(n), message: `there is a second ${what} '${name}'` }],
  )
}

function serviceProblems(service: TopologyService, nodes: readonly Node[], path: Path): SchemaIssue[] {
  const allowed = nodes.filter(({ type }) => service.nodeTypes?.includes(type) ?? true)
  const unknownTypes = (service.nodeTypes ?? []).flatMap((type, n) =>
    nodes.some((node) => node.type === type)
      ? []
      : [{ path: [...path, 'nodeTypes', n], message: `no node has the type '${type}'` }],
  )
  const tooLarge =
    unknownTypes.length === 0 && service.targetSize > allowed.length
      ? [{ path: [...path, 'targetSize'], message: tooFewNodes(service.targetSize, allowed.length) }]
      : []
  return [
    ...unknownTypes,
    ...tooLarge,
    ...minSizeProblems(service, path),
    ...placementProblems(service, allowed, path),
  ]
}

function tooFewNodes(size: number, nodes: number): string {
  return `${size} replicas do not fit on the ${nodes} nodes that are allowed: a node has one of a partition at most`
}

function minSizeProblems({ minSize, targetSize }: TopologyService, path: Path): SchemaIssue[] {
  if (minSize === undefined || targetSize === -1 || minSize <= targetSize) return []
  return [{ path: [...path, 'minSize'], message: `it is over the target size ${targetSize}` }]
}

function placementProblems(
  { partitions }: TopologyService,
  allowed: readonly Node[],
  path: Path,
): SchemaIssue[] {
  if (typeof partitions === 'number') return []
  return partitions.flatMap(({ on = [] }, p) =>
    on.flatMap((name, n) => {
      const at = [...path, 'partitions', p, 'on', n]
      if (on.indexOf(name) !== n) return [{ path: at, message: `'${name}' is named twice` }]
      return allowed.some((node) => node.name === name)
        ? []
        : [{ path: at, message: `'${name}' is no node on which it may be` }]
    }),
  )
}

function sizeProblems(nodes: number, { applications }: Topology): SchemaIssue[] {
  const replicas = applications
    .flatMap(({ services }) => services)
    .reduce((sum, { partitions, targetSize }) => {
      const count = typeof partitions === 'number' ? partitions : partitions.length
      return sum + count * (targetSize === -1 ? nodes : targetSize)
    }, 0)
  return [
    ...(nodes > 10_000 ? [{ path: ['nodes'], message: `${nodes} nodes are more than 10000` }] : []),
    ...(replicas > 100_000
      ? [{ path: ['applications'], message: `${replicas} replicas are more than 100000` }]
      : []),
  ]
}
