import { mkdtemp, rm } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { type ChaosService, openChaosService } from '@squall/chaos'
import type { ClusterContext, ClusterSnapshot } from '@squall/contract'
import { fabricApi, serveFabricApi } from '@squall/fabric-api'
import { Simulator } from '@squall/simulator'
import { lawContext } from '@squall/testkit'

export const token = 'the token of the test'

export interface ServedChaos {
  [Symbol.asyncDispose](): Promise<void>
  readonly url: string
  readonly chaos: ChaosService
  readonly cluster: WatchedCluster
  /** Holds the file `token`. */
  readonly store: string
}

/** A simulated cluster that counts how often it is looked at. */
export class WatchedCluster extends Simulator {
  looks = 0

  override snapshot(context?: ClusterContext): Promise<ClusterSnapshot> {
    this.looks += 1
    return super.snapshot(context)
  }
}

/** Continuous chaos over a simulated cluster in real time, behind a real server. */
export async function serveChaos(): Promise<ServedChaos> {
  const store = await mkdtemp(path.join(os.tmpdir(), 'squall-driver-chaos-'))
  const { clock } = lawContext()
  const cluster = new WatchedCluster({ clock })
  const chaos = await openChaosService({ cluster, clock, folder: store, seed: 42 })
  const server = await serveFabricApi(fabricApi({ chaos, clock, token }), { port: 0 })
  return {
    url: server.url,
    chaos,
    cluster,
    store,
    [Symbol.asyncDispose]: async (): Promise<void> => {
      await server.close()
      await chaos.close()
      await rm(store, { recursive: true, force: true })
    },
  }
}
