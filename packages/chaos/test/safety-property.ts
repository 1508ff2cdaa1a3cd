import type { DriverFaultKind } from '@squall/contract'
import fc from 'fast-check'
import { chanceOf } from '../src/chance/seeded-chance.ts'
import { internalSettings } from '../src/parameters/internal-settings.ts'
import { planIteration } from '../src/plan/plan-iteration.ts'
import type { PlanRequest } from '../src/plan/plan-request.ts'
import type { RuleName } from '../src/plan/rule-names.ts'
import { checkIteration } from '../src/safety/check-iteration.ts'
import { randomCluster, randomOptions, randomParameters } from './random-cluster.ts'
import { SmallWorld } from './small-world.ts'

const driverKinds: readonly DriverFaultKind[] = [
  { name: 'pause-process', summary: 'stops a program for a while', disturbs: 'code-package', weight: 50 },
  { name: 'cut-node', summary: 'cuts a node off', disturbs: 'node', weight: 50 },
]

export const iterationsPerRun = 10

const run = fc.record({
  cluster: randomCluster,
  parameters: randomParameters,
  options: randomOptions,
  seed: fc.nat(),
  hasKinds: fc.boolean(),
})
type Run = typeof run extends fc.Arbitrary<infer Value> ? Value : never

/** What chaos breaks in ten iterations on a random cluster: rules, quorums, data. Nothing, if all is well. */
function broken(
  { cluster, seed, parameters, options, hasKinds }: Run,
  without?: RuleName,
  tally?: Map<string, number>,
): readonly string[] {
  const { faultsSystemServices } = internalSettings(parameters.context)
  const unprotected = faultsSystemServices ? [] : ['fabric:/System']
  const world = new SmallWorld(cluster, chanceOf(seed, 0, 'choice'), unprotected)
  const offer = hasKinds ? { kinds: driverKinds } : {}
  for (let iteration = 1; iteration <= iterationsPerRun; iteration++) {
    const request: PlanRequest = { seed, iteration, parameters, options, offer }
    const snapshot = world.snapshot
    const plan = planIteration(snapshot, without ? { ...request, without: new Set([without]) } : request)
    const faults = plan.faults.map(({ fault }) => fault)
    for (const { kind } of faults) tally?.set(kind, (tally.get(kind) ?? 0) + 1)
    const violations = checkIteration(snapshot, faults, request).map(
      ({ rule, reason }) => `${rule}: ${reason}`,
    )
    const found = [
      ...(faults.length > parameters.maxConcurrentFaults ? [`${faults.length} faults at once`] : []),
      ...violations,
      ...world.suffer(faults),
    ]
    if (found.length > 0) return found.map((text) => `iteration ${iteration} of seed ${seed}: ${text}`)
    world.recover()
  }
  return []
}

/**
 * Checks the law over `iterations` iterations. Fails with the smallest run that breaks it. Counts the faults by kind: a
 * law about no faults is kept by anybody.
 */
export function chaosIsSafe(iterations: number, seed: number): ReadonlyMap<string, number> {
  const tally = new Map<string, number>()
  const numRuns = Math.ceil(iterations / iterationsPerRun)
  fc.assert(
    fc.property(run, (drawn) => {
      const found = broken(drawn, undefined, tally)
      if (found.length > 0) throw new Error(found.join('\n'))
    }),
    { numRuns, seed },
  )
  return tally
}

/** Looks for a run that goes wrong without one safety rule, and shrinks it. */
export function counterexampleWithout(rule: RuleName, seed: number): fc.RunDetails<[Run]> {
  return fc.check(
    fc.property(run, (drawn) => broken(drawn, rule).length === 0),
    { numRuns: 20_000, seed },
  )
}

/** What goes wrong in a run, with all rules or without one. */
export function brokenIn(drawn: Run, without?: RuleName): readonly string[] {
  return broken(drawn, without)
}
