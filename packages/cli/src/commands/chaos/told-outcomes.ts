import type { Cluster, Fault, FaultOutcome } from '@squall/contract'

export type OnOutcome = (fault: Fault, outcome: FaultOutcome) => void

/** The same cluster, which tells how each of its faults ended. */
export function toldOutcomes(cluster: Cluster, onOutcome: OnOutcome): Cluster {
  return {
    ...(cluster.faults ? { faults: cluster.faults } : {}),
    ...(cluster.kinds ? { kinds: cluster.kinds } : {}),
    snapshot: (context) => cluster.snapshot(context),
    upgrading: (context) => cluster.upgrading(context),
    inject: async (fault, context) => {
      const outcome = await cluster.inject(fault, context).catch((error: unknown) => {
        const reason = error instanceof Error ? error.message : String(error)
        onOutcome(fault, { outcome: 'transient', reason })
        throw error
      })
      onOutcome(fault, outcome)
      return outcome
    },
  }
}
