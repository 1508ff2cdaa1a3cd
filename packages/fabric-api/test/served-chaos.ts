import { mkdtemp, rm } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { type ChaosService, openChaosService } from '@squall/chaos'
import type { Clock } from '@squall/contract'
import { Simulator } from '@squall/simulator'
import { fabricApi, type ServeOptions, serveFabricApi } from '../src/index.ts'

export const clock: Clock = {
  now: () => Date.now(),
  monotonic: () => performance.now(),
  sleep: async (milliseconds, signal) => {
    await delay(milliseconds, undefined, signal ? { signal } : {})
  },
}

export const token = 'the token of the test'

export interface ServedChaos extends AsyncDisposable {
  readonly url: string
  readonly chaos: ChaosService
  readonly cluster: Simulator
}

/** Continuous chaos over a simulated cluster in real time, behind a real server. */
export async function serveChaos(options: ServeOptions = {}): Promise<ServedChaos> {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'squall-fabric-'))
  const cluster = new Simulator({ clock })
  const chaos = await openChaosService({ cluster, clock, folder, seed: 42 })
  const server = await serveFabricApi(fabricApi({ chaos, clock, token }), { port: 0, ...options })
  return {
    url: server.url,
    chaos,
    cluster,
    [Symbol.asyncDispose]: async () => {
      await server.close()
      await chaos.stop()
      await chaos.settled()
      await chaos.close()
      await rm(folder, { recursive: true, force: true })
    },
  }
}

/** Asks again until it is so; rejects after 20 s. */
export async function until<Value>(
  look: () => Promise<Value>,
  isSo: (value: Value) => boolean,
): Promise<Value> {
  const deadline = performance.now() + 20_000
  for (;;) {
    const value = await look()
    if (isSo(value)) return value
    if (performance.now() > deadline) throw new Error(`Not within 20 s: ${JSON.stringify(value)}`)
    await delay(50)
  }
}
