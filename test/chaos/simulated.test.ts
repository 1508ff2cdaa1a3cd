import { mkdtemp, rm } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { expect, it } from 'vitest'
import { openChaosService } from '../../packages/chaos/src/index.ts'
import type { Cluster } from '../../packages/contract/src/index.ts'
import { defaultTopology, Simulator } from '../../packages/simulator/src/index.ts'
import { snapshotFlaws, VirtualClock } from '../../packages/testkit/src/index.ts'

/** An hour of virtual time, half a second at a time, so that what touches the disk keeps up. */
const halfSeconds = 2 * 3600

it('an hour of chaos on the simulated cluster costs no quorum and no data, with all seven faults', async () => {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'squall-simulated-'))
  const clock = new VirtualClock(Date.UTC(2026, 0, 4))
  const simulator = new Simulator({ clock, topology: defaultTopology, seed: 3 })
  const done = new Map<string, number>()
  const cluster: Cluster = {
    snapshot: () => simulator.snapshot(),
    upgrading: () => simulator.upgrading(),
    inject: async (fault, context) => {
      const answer = await simulator.inject(fault, context)
      if (answer.outcome === 'done') done.set(fault.kind, (done.get(fault.kind) ?? 0) + 1)
      return answer
    },
  }
  const service = await openChaosService({ cluster, clock, folder, seed: 42 })
  try {
    await service.start({
      TimeToRunInSeconds: '3600',
      MaxConcurrentFaults: 5,
      WaitTimeBetweenIterationsInSeconds: 10,
      WaitTimeBetweenFaultsInSeconds: 5,
    })
    for (let half = 0; half < halfSeconds; half += 1) {
      await clock.advance(500)
      for (let round = 0; round < 5; round += 1) {
        await service.flushed()
        await new Promise((resolve) => setImmediate(resolve))
      }
    }
    expect(simulator.violations()).toEqual([])
    expect(snapshotFlaws(await simulator.snapshot())).toEqual([])
    expect([...done.keys()].toSorted()).toEqual([
      'move-instance',
      'move-primary',
      'move-secondary',
      'remove-replica',
      'restart-code-package',
      'restart-node',
      'restart-replica',
    ])
  } finally {
    await service.close()
    await rm(folder, { recursive: true, force: true })
  }
})
