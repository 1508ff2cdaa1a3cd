import type { ChaosTargetFilter } from '../parameters/chaos-parameters.ts'
import type { ExclusionLists } from './choice-options.ts'
import type { ClusterView } from './cluster-view.ts'
import { type CodePackageEntry, mark, type NodeEntry, type ReplicaEntry } from './entries.ts'

/**
 * Marks what a filter does not include (2.3): its two lists are a union. A replica that no running code package hosts
 * is not included.
 */
export function excludeUnlisted(view: ClusterView, filter: ChaosTargetFilter | undefined): void {
  if (!filter) return
  const types = new Set(filter.nodeTypes)
  const applications = new Set(filter.applications)
  const about = (): string => 'the target filter'
  const hasNode = ({ node }: NodeEntry): boolean => types.has(node.type)
  const hasPackage = ({ node, application }: CodePackageEntry): boolean =>
    hasNode(node) || applications.has(application.name)
  const hasReplica = ({ codePackage }: ReplicaEntry): boolean =>
    codePackage?.codePackage.isRunning === true && hasPackage(codePackage)
  const exclusion = { flag: 'excluded', rule: 'filter', about } as const
  for (const node of view.nodes) if (!hasNode(node)) mark(node, exclusion)
  for (const entry of view.codePackages) if (!hasPackage(entry)) mark(entry, exclusion)
  for (const replica of view.replicas) if (!hasReplica(replica)) mark(replica, exclusion)
}

/**
 * Marks what exclusion lists name, and what could not be faulted without touching it: the nodes and code packages that
 * hold a replica of it.
 */
export function excludeListed(view: ClusterView, lists: ExclusionLists = {}): void {
  const is = listed(lists)
  for (const node of view.nodes) {
    const inner = [...node.codePackages, ...node.replicas.values()]
    const isListed = is.node(node)
    const excluded = inner.filter((entry) => isListed || is.inner(entry))
    for (const entry of excluded) exclude(entry)
    if (isListed) exclude(node)
    else if (excluded.length > 0) mark(node, { flag: 'excluded', rule: 'holds excluded', about: theLists })
  }
}

const theLists = (): string => 'the exclusion lists'

function exclude(entry: NodeEntry | CodePackageEntry | ReplicaEntry): void {
  mark(entry, { flag: 'excluded', rule: 'exclusion', about: theLists })
}

interface Listed {
  node(entry: NodeEntry): boolean
  inner(entry: CodePackageEntry | ReplicaEntry): boolean
}

function listed(lists: ExclusionLists): Listed {
  const nodes = new Set(lists.nodes)
  const types = new Set(lists.nodeTypes)
  const applications = new Set(lists.applications)
  const services = new Set(lists.services)
  return {
    node: ({ node }) => nodes.has(node.name) || types.has(node.type),
    inner: (entry) =>
      entry.of === 'replica'
        ? applications.has(entry.partition.application.name) || services.has(entry.partition.service.name)
        : applications.has(entry.application.name) ||
          entry.partitions.some(({ service }) => services.has(service.name)),
  }
}

/** Whether the exclusion lists name a node: then it is no destination of a move either. */
export function isShunned({ marks }: NodeEntry): boolean {
  return marks?.some(({ rule }) => rule === 'exclusion') ?? false
}
