import type { FigureName } from '../parameters/internal-settings.ts'
import type { ClusterView } from './cluster-view.ts'
import { flags, type NodeEntry } from './entries.ts'

/** How many nodes are live, and how many a restart needs more than (4.4). */
export interface Gate {
  readonly live: number
  readonly needed: number
  readonly isOpen: boolean
}

/** Live nodes among all that `counts` takes in: up and fault-ready, or up and excluded. */
export function gateOf(nodes: readonly NodeEntry[], ratio: number): Gate {
  const live = nodes.reduce((sum, node) => sum + (isLive(node) ? 1 : 0), 0)
  const needed = shareOf(nodes.length, ratio)
  return { live, needed, isOpen: live > needed }
}

/** The share of `count` rounded up, as exact arithmetic would: 0.71 of 100 is 71. */
export function shareOf(count: number, ratio: number): number {
  return Math.ceil(Number((count * ratio).toFixed(9)))
}

export interface NodeRatios {
  /** @defaultValue 0.71 */
  readonly nodes: number
  /** @defaultValue 0.51 */
  readonly seeds: number
}

/** The ratios in force: reserved keys of the context may set them (2.5). */
export function nodeRatios(figures: Readonly<Partial<Record<FigureName, number>>>): NodeRatios {
  return { nodes: figures.MinLiveNodesRatio ?? 0.71, seeds: figures.MinLiveSeedNodesRatio ?? 0.51 }
}

/** The gate of all nodes and that of the seed nodes. */
export function gatesOf({ nodes }: ClusterView, ratios: NodeRatios): { all: Gate; seeds: Gate } {
  const seeds = nodes.filter(({ node }) => node.isSeed)
  return { all: gateOf(nodes, ratios.nodes), seeds: gateOf(seeds, ratios.seeds) }
}

/** One that the filter excludes counts whatever else is the matter with it; one on an exclusion list has to be well. */
function isLive({ node, flags: set, marks }: NodeEntry): boolean {
  if (!node.isUp) return false
  return set === 0 || set === flags.excluded || (marks?.some(({ rule }) => rule === 'filter') ?? false)
}
