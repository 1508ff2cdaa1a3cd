import type { Cluster, ClusterSnapshot, Fault, FaultContext, FaultOutcome } from '@squall/contract'
import { type ClusterDraft, smallCluster } from './small-cluster.ts'

/** A cluster that remembers what was asked of it, and takes its time as the clock has it. */
export class PaperCluster implements Cluster {
  snapshotNow: ClusterSnapshot
  upgrade: string | undefined
  faultMs = 1000
  readonly injected: Fault[] = []
  readonly ended: Fault[] = []
  /** Replaces what an injection does. */
  onInject: ((fault: Fault, context: FaultContext) => Promise<FaultOutcome>) | undefined

  constructor(draft: ClusterDraft) {
    this.snapshotNow = smallCluster(draft)
  }

  async snapshot(): Promise<ClusterSnapshot> {
    return this.snapshotNow
  }

  async upgrading(): Promise<string | undefined> {
    return this.upgrade
  }

  async inject(fault: Fault, context: FaultContext): Promise<FaultOutcome> {
    this.injected.push(fault)
    if (this.onInject) return this.onInject(fault, context)
    await context.clock.sleep(this.faultMs, context.signal)
    this.ended.push(fault)
    return { outcome: 'done' }
  }
}

export const threeServices: ClusterDraft = {
  nodes: [1, 2, 3, 4, 5, 6].map((at) => ({ type: at < 4 ? 'Front' : 'Back' })),
  services: [
    { name: 'fabric:/Shop/Cart', application: 'fabric:/Shop', on: [1, 2, 3, 4, 5] },
    { name: 'fabric:/Shop/Till', application: 'fabric:/Shop', on: [2, 4, 6], persisted: false },
    { name: 'fabric:/Blog/Pages', application: 'fabric:/Blog', kind: 'stateless', on: [2, 4] },
  ],
}
