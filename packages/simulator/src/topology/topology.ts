import { z } from 'zod'
import { latencyTable } from '../latencies.ts'

const named = z.string().min(1)

const singleNode = z.strictObject({
  name: named,
  type: named,
  isSeed: z.boolean().default(false),
})

const nodeGroup = z.strictObject({
  /** Nodes of a group are named `PREFIX0`, `PREFIX1`, ...; default: the type. */
  prefix: named.optional(),
  type: named,
  count: z.int().min(1).max(10_000),
  /** How many of the first ones are seeds. */
  seeds: z.int().min(0).default(0),
})

const placedPartition = z.strictObject({
  /** Default: derived from the service's name, the index and the seed. */
  id: named.optional(),
  /** Nodes of its replicas at the beginning, the primary's first. Default: spread. */
  on: z.array(named).optional(),
})

const service = z
  .strictObject({
    /** `Orders`, or in full `fabric:/Shop/Orders`. */
    name: named,
    kind: z.enum(['stateful', 'stateless']),
    /** Stateful ones only. */
    persisted: z.boolean().default(true),
    partitions: z.union([z.int().min(1), z.array(placedPartition).min(1)]).default(1),
    /** Replica set size; of a stateless service the instance count, where -1 is one on every node. */
    targetSize: z.int().min(-1).default(3),
    /** Default: the write quorum. */
    minSize: z.int().min(1).optional(),
    /** Placement constraint: only on nodes of these types. Default: any. */
    nodeTypes: z.array(named).min(1).optional(),
    /** Default: `NAMEPkg`. Services of one manifest share their code package. */
    manifest: named.optional(),
    codePackage: named.default('Code'),
  })
  .refine(({ kind, targetSize }) => targetSize >= 1 || (kind === 'stateless' && targetSize === -1), {
    path: ['targetSize'],
    message: 'expected a number of at least 1, or -1 for a stateless service on every node',
  })

const application = z.strictObject({
  name: z.string().regex(/^fabric:\/.+/, 'expected a name such as fabric:/Shop'),
  type: named.optional(),
  isSystem: z.boolean().default(false),
  services: z.array(service).default([]),
})

export const topologySchema = z.strictObject({
  nodes: z.array(z.union([singleNode, nodeGroup])).min(1),
  applications: z.array(application).default([]),
  /** What takes how long, in milliseconds. */
  latencies: latencyTable.prefault({}),
  /** Driver-defined fault kinds the cluster offers. */
  kinds: z.array(z.enum(['pause-process'])).default([]),
})

/** What is written in a topology file. */
export type TopologyInput = z.input<typeof topologySchema>
/** A topology with its defaults filled in. */
export type Topology = z.output<typeof topologySchema>
export type TopologyService = Topology['applications'][number]['services'][number]

/** A node of a topology, groups written out. */
export interface TopologyNode {
  readonly name: string
  readonly type: string
  readonly isSeed: boolean
}

export function nodesOf(topology: Topology): TopologyNode[] {
  return topology.nodes.flatMap((entry) => {
    if ('name' in entry) return [entry]
    const { count, seeds, type, prefix = type } = entry
    return Array.from({ length: count }, (_, n) => ({ name: `${prefix}${n}`, type, isSeed: n < seeds }))
  })
}

/** `fabric:/App/Service`, also where the file has the short name. */
export function fullName(application: string, service: string): string {
  return service.startsWith('fabric:/') ? service : `${application}/${service}`
}

export function partitionCount({ partitions }: TopologyService): number {
  return typeof partitions === 'number' ? partitions : partitions.length
}
