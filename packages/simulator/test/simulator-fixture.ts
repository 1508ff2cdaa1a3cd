import type { ClusterSnapshot, Fault, FaultOutcome } from '@squall/contract'
import { lawContext, VirtualClock } from '@squall/testkit'
import { Simulator, type SimulatorOptions } from '../src/index.ts'

/** A simulated cluster in virtual time. */
export class Stage {
  readonly clock = new VirtualClock()
  readonly cluster: Simulator

  constructor(options: Omit<SimulatorOptions, 'clock'> = {}) {
    this.cluster = new Simulator({ clock: this.clock, ...options })
  }

  look(): Promise<ClusterSnapshot> {
    return this.cluster.snapshot()
  }

  /** Carries a fault out, letting as much time pass as it takes. */
  async inject(fault: Fault): Promise<FaultOutcome> {
    const working = this.cluster.inject(fault, lawContext())
    await this.clock.advance(0)
    for (let round = 0; round < 100 && this.clock.sleepers > 0; round += 1) await this.clock.advance(1000)
    return working
  }

  /** Lets time pass until nothing more happens by itself. */
  async rest(): Promise<void> {
    for (let round = 0; round < 10_000; round += 1) {
      const { restsIn } = this.cluster
      if (restsIn === undefined) return
      await this.clock.advance(restsIn)
    }
    throw new Error('The cluster does not come to rest.')
  }
}

export function restartOf(snapshot: ClusterSnapshot, name: string): Fault {
  const node = snapshot.nodes.find((one) => one.name === name)
  return { kind: 'restart-node', node: name, instanceId: node?.instanceId ?? '' }
}

export function codePackageFault(snapshot: ClusterSnapshot, node: string, manifest: string): Fault {
  const found = snapshot.codePackages.find((one) => one.node === node && one.serviceManifest === manifest)
  if (!found) throw new Error(`There is no ${manifest} on ${node}.`)
  const { application, serviceManifest, activationId, name, instanceId } = found
  return {
    kind: 'restart-code-package',
    node,
    application,
    serviceManifest,
    activationId,
    codePackage: name,
    instanceId,
  }
}
