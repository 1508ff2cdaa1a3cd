import type { ClusterSnapshot, Fault } from '@squall/contract'
import { planAnother, planIteration } from '../plan/plan-iteration.ts'
import type { IterationPlan, PlannedFault, PlanRequest } from '../plan/plan-request.ts'
import { checkIteration } from '../safety/check-iteration.ts'
import { failIteration, rest } from './back-off.ts'
import type { Injection } from './effect.ts'
import type { ActiveRun, Executing, FaultResult, RunningFault } from './engine-state.ts'
import type { Input } from './input.ts'
import type { Turn } from './turn.ts'

/** How many faults an iteration chooses at most for those that the cluster refused. */
const mostReplacements = 10

/** Steps 5 and 6: chooses the faults of the next iteration and begins them. */
export function execute(turn: Turn, run: ActiveRun, snapshot: ClusterSnapshot): void {
  const iteration = run.iteration + 1
  const { seed, startedAt, endsAt } = run
  turn.store({ run: { seed, startedAt, endsAt, iteration } })
  const request = requestOf(turn, { ...run, iteration })
  const planned = attempt(() => checked(snapshot, request, planIteration(snapshot, request)))
  if ('error' in planned) return failPlan(turn, planned.error)
  const { plan } = planned
  turn.effect({ type: 'planned', snapshot, request, plan })
  turn.go({ name: 'executing', snapshot, faults: [], replacements: 0 })
  inject(turn, iteration, plan.faults)
}

function requestOf(turn: Turn, { seed, iteration, parameters }: ActiveRun): PlanRequest {
  return { seed, iteration, parameters, options: turn.stored.options, offer: turn.state.offer }
}

/** A plan that breaks a rule of safety is a bug of the planner: none of it is carried out (5.4). */
function checked(snapshot: ClusterSnapshot, request: PlanRequest, plan: IterationPlan): IterationPlan {
  const [violation] = checkIteration(
    snapshot,
    plan.faults.map(({ fault }) => fault),
    request,
  )
  if (violation) throw new Error(`the plan breaks rule ${violation.rule}: ${violation.reason}`)
  return plan
}

function failPlan(turn: Turn, error: unknown): void {
  const reason = error instanceof Error ? error.message : String(error)
  failIteration(turn, 'TestError', (wait) => `The faults could not be chosen: ${reason}. ${wait}`)
}

/** Records faults and begins them all together; a dry run records only. */
function inject(turn: Turn, iteration: number, planned: readonly PlannedFault[]): void {
  const phase = turn.state.run?.phase
  if (phase?.name !== 'executing') return
  const { isDry } = turn.state.settings
  const seed = turn.stored.run?.seed ?? 0
  const faults = planned.map(({ fault }) => fault)
  turn.record({ kind: 'ExecutingFaults', iteration, faults, ...(isDry && { dry: true as const }) })
  const injections = planned.map(({ fault, delayMs }): Injection => {
    return { number: turn.number(), seed, iteration, fault, delayMs }
  })
  const running = injections.map(({ number, fault }): RunningFault => {
    return isDry ? { number, fault, result: { outcome: 'done' } } : { number, fault }
  })
  turn.go({ ...phase, faults: [...phase.faults, ...running] })
  if (!isDry && injections.length > 0) {
    turn.change({ inFlight: [...turn.state.inFlight, ...injections.map(({ number }) => number)] })
    turn.effect({ type: 'inject', faults: injections })
  }
  endIfAllEnded(turn)
}

export function faultEnded(turn: Turn, { number, result }: Extract<Input, { type: 'fault ended' }>): void {
  turn.change({ inFlight: turn.state.inFlight.filter((other) => other !== number) })
  const phase = turn.state.run?.phase
  if (phase?.name !== 'executing') return
  const ended = phase.faults.find((each) => each.number === number && !each.result)
  if (!ended) return
  turn.go({ ...phase, faults: phase.faults.map((each) => (each === ended ? { ...each, result } : each)) })
  if (result.outcome === 'not-now' && chooseAnother(turn)) return
  endIfAllEnded(turn)
}

/** The cluster itself refused a fault: another one takes its place, with all chosen so far left alone. */
function chooseAnother(turn: Turn): boolean {
  const phase = turn.state.run?.phase
  const run = turn.active
  if (!run || phase?.name !== 'executing' || phase.replacements >= mostReplacements) return false
  const attemptNumber = phase.replacements + 1
  const request = requestOf(turn, run)
  const already = phase.faults.map(({ fault }) => fault)
  const planned = attempt(() => another(phase, request, already, attemptNumber))
  turn.go({ ...phase, replacements: attemptNumber })
  if ('error' in planned || planned.plan.faults.length === 0) return false
  turn.effect({ type: 'planned', snapshot: phase.snapshot, request, plan: planned.plan })
  inject(turn, run.iteration, planned.plan.faults)
  return true
}

function another(
  { snapshot }: Executing,
  request: PlanRequest,
  already: readonly Fault[],
  attemptNumber: number,
): IterationPlan {
  const plan = planAnother(snapshot, request, { already, attempt: attemptNumber })
  const all = [...already.map((fault) => ({ fault, delayMs: 0 })), ...plan.faults]
  checked(snapshot, request, { ...plan, faults: all })
  return plan
}

type Attempted = { readonly plan: IterationPlan } | { readonly error: unknown }

function attempt(make: () => IterationPlan): Attempted {
  try {
    return { plan: make() }
  } catch (error) {
    return { error }
  }
}

function endIfAllEnded(turn: Turn): void {
  const phase = turn.state.run?.phase
  const { run } = turn.stored
  if (!run || phase?.name !== 'executing') return
  const results = phase.faults.flatMap(({ fault, result }) => (result ? [{ fault, result }] : []))
  if (results.length < phase.faults.length) return
  turn.effect({ type: 'iteration ended', seed: run.seed, iteration: run.iteration, results })
  endIteration(
    turn,
    results.map(({ result }) => result),
  )
}

/** What the errors of an iteration's faults lead to (3.6). */
function endIteration(turn: Turn, results: readonly FaultResult[]): void {
  const bugs = results.filter(({ outcome }) => outcome === 'failed')
  const invalid = results.filter(({ outcome }) => outcome === 'validation-failed')
  if (bugs.length > 0)
    return failIteration(turn, 'TestError', (wait) => `A fault failed: ${reasonsOf(bugs)}. ${wait}`)
  if (invalid.length > 0)
    return failIteration(
      turn,
      'ValidationFailed',
      (wait) => `A fault found the cluster unwell: ${reasonsOf(invalid)}. ${wait}`,
    )
  if (results.every(({ outcome }) => isGood(outcome))) return rest(turn)
  failIteration(turn, undefined)
}

function isGood(outcome: FaultResult['outcome']): boolean {
  return outcome === 'done' || outcome === 'constraint' || outcome === 'not-now'
}

function reasonsOf(results: readonly FaultResult[]): string {
  return results.map(({ reason, outcome }) => reason ?? outcome).join('; ')
}
