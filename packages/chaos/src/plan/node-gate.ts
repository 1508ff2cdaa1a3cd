import type { FigureName } from '../parameters/internal-settings.ts'
import type { NodeEntry } from './entries.ts'

/** How many nodes are live, and how many a restart needs more than (4.4). */
export interface Gate {
  readonly live: number
  readonly needed: number
  readonly isOpen: boolean
}

function gate(live: number, all: number, ratio: number): Gate {
  const needed = shareOf(all, ratio)
  return { live, needed, isOpen: live > needed }
}

/** The share of `count` rounded up, as exact arithmetic would: 0.71 of 100 is 71. */
export function shareOf(count: number, ratio: number): number {
  return Math.ceil(Number((count * ratio).toFixed(9)))
}

/** All nodes, and those of them that are seed nodes. */
export interface NodeGroups {
  readonly nodes: readonly NodeEntry[]
  readonly seeds: readonly NodeEntry[]
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

/** The gate of all nodes and that of the seed nodes. Of a cluster without nodes both are closed. */
export function gatesOf({ nodes, seeds }: NodeGroups, ratios: NodeRatios): { all: Gate; seeds: Gate } {
  const live = nodes[0]?.live ?? { nodes: 0, seeds: 0 }
  return {
    all: gate(live.nodes, nodes.length, ratios.nodes),
    seeds: gate(live.seeds, seeds.length, ratios.seeds),
  }
}
