import path from 'node:path'
import type {
  Cluster,
  ClusterContext,
  ClusterSnapshot,
  Fault,
  FaultContext,
  FaultKind,
  FaultOutcome,
} from '@squall/contract'
import { defineCluster } from '@squall/contract'
import { z } from 'zod'
import { clusterArgument } from './cluster-argument.ts'
import { type ClusterFile, openClusterFile } from './cluster-file.ts'
import { carryOut } from './faults/carry-out.ts'
import { pauseProcess } from './faults/pause.ts'
import { EtcdClient } from './host/etcd-client.ts'
import { lookAt } from './look/cluster-look.ts'
import { snapshotOf, versionsOf } from './look/snapshot-of.ts'

class EtcdCluster implements Cluster {
  readonly faults: readonly FaultKind[] = [
    'restart-node',
    'restart-code-package',
    'restart-replica',
    'remove-replica',
    'move-primary',
    'move-secondary',
  ]
  readonly kinds = [pauseProcess]
  readonly #cluster: ClusterFile
  readonly #client = new EtcdClient()

  constructor(cluster: ClusterFile) {
    this.#cluster = cluster
  }

  async snapshot({ signal }: ClusterContext): Promise<ClusterSnapshot> {
    const look = await lookAt(this.#cluster, this.#client, signal)
    const asked = look.leader ?? look.hosts.find(({ status }) => status)
    const alarms = asked ? await this.#client.alarms(asked.host.clientUrl, signal) : []
    return snapshotOf(this.#cluster, look, alarms)
  }

  async upgrading({ signal }: ClusterContext): Promise<string | undefined> {
    const versions = versionsOf(await lookAt(this.#cluster, this.#client, signal))
    return versions.length > 1 ? `The members run different versions: ${versions.join(', ')}.` : undefined
  }

  inject(fault: Fault, context: FaultContext): Promise<FaultOutcome> {
    const { clock, signal } = context
    const undo: FaultContext['undo'] = (func, args) => context.undo(func, args)
    return carryOut({ cluster: this.#cluster, client: this.#client, clock, signal, undo }, fault)
  }

  close(): Promise<void> {
    return this.#client.close()
  }
}

/** The target `etcd` of `squall chaos`. */
export const etcdCluster = defineCluster({
  summary: 'A real etcd cluster: hosts, members, leader.',
  options: z.strictObject({ cluster: clusterArgument }),
  connect: async ({ cluster }, { directory }): Promise<Cluster> =>
    new EtcdCluster(await openClusterFile(path.resolve(directory, cluster))),
})
