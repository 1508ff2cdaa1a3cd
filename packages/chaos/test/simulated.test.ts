import type { Fault } from '@squall/contract'
import { Simulator } from '@squall/simulator'
import { VirtualClock } from '@squall/testkit'
import { expect, it } from 'vitest'
import { type ChaosService, openChaosService } from '../src/index.ts'
import { scratchFolder } from './scratch-folder.ts'

const parameters = {
  TimeToRunInSeconds: '7200',
  MaxConcurrentFaults: 3,
  WaitTimeBetweenIterationsInSeconds: 20,
  WaitTimeBetweenFaultsInSeconds: 10,
  MaxClusterStabilizationTimeoutInSeconds: 30,
}

interface Outcome {
  readonly faults: readonly Fault[]
  readonly violations: readonly unknown[]
  readonly results: ReadonlyMap<string, number>
  readonly errors: readonly string[]
}

/** Two hours of chaos on a simulated cluster, in virtual time. */
async function twoHours(seed: number, gate: 'documented' | 'engine'): Promise<Outcome> {
  const clock = new VirtualClock(Date.UTC(2026, 0, 4))
  const cluster = new Simulator({ clock, seed: 1 })
  const folder = await scratchFolder()
  const engine = { gate, backoff: 'engine' as const }
  await using service = await openChaosService({ cluster, clock, folder, seed, engine })
  const faults: Fault[] = []
  const errors: string[] = []
  service.subscribe((news) => {
    if (news.type !== 'event') return
    if (news.event.kind === 'ExecutingFaults') faults.push(...news.event.faults)
    if (news.event.kind === 'TestError') errors.push(news.event.reason)
  })
  await service.start(parameters)
  await pass(service, clock, 7205)
  expect(service.get().status).toBe('Stopped')
  const results = new Map<string, number>()
  for (const { results: ended = [] } of await service.iterations())
    for (const { result } of ended) results.set(result.outcome, (results.get(result.outcome) ?? 0) + 1)
  return { faults, violations: cluster.violations(), results, errors }
}

async function pass(service: ChaosService, clock: VirtualClock, seconds: number): Promise<void> {
  for (let second = 0; second < seconds; second++) {
    await clock.advance(1000)
    for (let round = 0; round < 4; round++) {
      await service.flushed()
      await new Promise((resolve) => setImmediate(resolve))
    }
  }
}

it.each(['documented', 'engine'] as const)(
  'two hours of chaos behind the %s gate cost a simulated cluster neither quorum nor data',
  { timeout: 120_000 },
  async (gate) => {
    const { faults, violations, results, errors } = await twoHours(42, gate)
    expect(violations).toEqual([])
    expect(errors).toEqual([])
    expect(new Set(faults.map(({ kind }) => kind)).size).toBe(7)
    expect(faults.length).toBeGreaterThan(150)
    expect(results.get('done')).toBeGreaterThan(100)
    expect(results.has('failed')).toBe(false)
  },
)
