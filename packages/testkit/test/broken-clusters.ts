import type {
  Cluster,
  ClusterContext,
  ClusterSnapshot,
  Fault,
  FaultContext,
  FaultOutcome,
} from '@squall/contract'
import type { ClusterScene } from '../src/index.ts'

/** Two nodes in memory that can be restarted. */
export class TwoNodes implements Cluster {
  readonly instances = new Map([
    ['one', 1],
    ['two', 1],
  ])

  async snapshot(_context?: ClusterContext): Promise<ClusterSnapshot> {
    const nodes = [...this.instances].map(([name, instance]) => ({
      ...{ name, type: 'Node', instanceId: String(instance + 100), isSeed: false },
      ...{ isUp: true, health: 'Ok' as const },
    }))
    return {
      nodes,
      applications: [],
      services: [],
      partitions: [],
      replicas: [],
      codePackages: [],
      reports: [],
    }
  }

  async upgrading(_context?: ClusterContext): Promise<string | undefined> {
    return undefined
  }

  async inject(fault: Fault, { clock, signal }: FaultContext): Promise<FaultOutcome> {
    if (fault.kind !== 'restart-node') return { outcome: 'wrong-state', reason: 'It has nodes only.' }
    const instance = this.instances.get(fault.node)
    if (String((instance ?? 0) + 100) !== fault.instanceId)
      return { outcome: 'gone', reason: 'It has restarted since.' }
    try {
      await clock.sleep(300, signal)
    } catch {
      return { outcome: 'transient', reason: 'It was interrupted.' }
    }
    this.instances.set(fault.node, (instance ?? 0) + 1)
    return { outcome: 'done' }
  }
}

export function sceneOf(cluster: Cluster): ClusterScene {
  const restart = ({ nodes: [first] }: ClusterSnapshot): Fault => ({
    kind: 'restart-node',
    node: first?.name ?? '',
    instanceId: first?.instanceId ?? '',
  })
  return { cluster, fault: restart, longFault: restart }
}

/** Names a node twice. */
export class Doubled extends TwoNodes {
  override async snapshot(): Promise<ClusterSnapshot> {
    const seen = await super.snapshot()
    return { ...seen, nodes: [...seen.nodes, ...seen.nodes.slice(0, 1)] }
  }
}

/** Shows the node it was asked about longest ago first. */
export class Shuffled extends TwoNodes {
  #turn = false

  override async snapshot(): Promise<ClusterSnapshot> {
    const seen = await super.snapshot()
    this.#turn = !this.#turn
    return { ...seen, nodes: this.#turn ? seen.nodes : seen.nodes.toReversed() }
  }
}

/** Is always upgrading, and keeps to itself why. */
export class Secretive extends TwoNodes {
  override async upgrading(): Promise<string> {
    return ''
  }
}

/** Believes that a fault is done when it was asked for. */
export class Postponing extends TwoNodes {
  override async inject(fault: Fault, context: FaultContext): Promise<FaultOutcome> {
    const answer = await super.inject(fault, context)
    return answer.outcome === 'done' ? { outcome: 'not-now', reason: 'Later.' } : answer
  }
}

/** Restarts whatever runs under that name. */
export class Careless extends TwoNodes {
  override async inject(fault: Fault, context: FaultContext): Promise<FaultOutcome> {
    const node = (await this.snapshot()).nodes.find(
      ({ name }) => fault.kind === 'restart-node' && name === fault.node,
    )
    return super.inject({ ...fault, instanceId: node?.instanceId ?? '' } as Fault, context)
  }
}

/** Does not hear that it shall stop. */
export class Deaf extends TwoNodes {
  override async inject(fault: Fault, context: FaultContext): Promise<FaultOutcome> {
    await context.clock.sleep(2000)
    return super.inject(fault, context)
  }
}
