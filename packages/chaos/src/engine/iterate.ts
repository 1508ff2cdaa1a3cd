import type { ClusterSnapshot } from '@squall/contract'
import { durationText } from '../events/duration-text.ts'
import { clusterHealth } from '../health/cluster-health.ts'
import { inconsistency } from '../health/inconsistency.ts'
import { instability } from '../health/instability.ts'
import { internalSettings } from '../parameters/internal-settings.ts'
import { failIteration, rest } from './back-off.ts'
import type { ActiveRun, Phase } from './engine-state.ts'
import { execute } from './execute.ts'
import type { Input } from './input.ts'
import type { Turn } from './turn.ts'

const pollMs = 5000

type Validating = Extract<Phase, { name: 'validating' }>
type TakingSnapshot = Extract<Phase, { name: 'taking snapshot' }>

/** Does what is due in the loop of a run at this moment (3.2). */
export function advanceRun(turn: Turn): void {
  const run = turn.active
  const phase = turn.state.run?.phase
  if (!run || !phase) return
  if (phase.name === 'draining' && turn.state.inFlight.length === 0) return askUpgrade(turn)
  if (phase.name === 'waiting' && turn.now >= phase.until) return askUpgrade(turn)
  if (phase.name === 'validating') return validate(turn, run, phase)
  if (phase.name === 'taking snapshot' && phase.question === undefined && turn.now >= phase.tryAt)
    turn.go({ ...phase, question: askSnapshot(turn) })
}

/** Step 2. */
function askUpgrade(turn: Turn): void {
  const question = turn.number()
  turn.go({ name: 'checking upgrade', question })
  turn.effect({ type: 'check upgrade', question })
}

export function tellUpgrade(turn: Turn, { question, reason }: Extract<Input, { type: 'upgrade' }>): void {
  const phase = turn.state.run?.phase
  const run = turn.active
  if (!run || phase?.name !== 'checking upgrade' || phase.question !== question) return
  if (reason !== undefined) {
    const wait = durationText(turn.state.run?.waitMs ?? 0)
    turn.record({
      kind: 'Waiting',
      reason: `No faults during an upgrade: ${reason}. The next look is in ${wait}.`,
    })
    return rest(turn)
  }
  const deadline = turn.now + run.parameters.maxClusterStabilizationTimeoutSeconds * 1000
  turn.go({ name: 'validating', deadline, lookAt: turn.now, reasons: [] })
}

/** Step 3: looks every five seconds until the cluster is well or the time is up; a deadline of 0 fails at once. */
function validate(turn: Turn, run: ActiveRun, phase: Validating): void {
  if (turn.now >= phase.deadline) return failValidation(turn, run, phase)
  if (phase.question === undefined && turn.now >= phase.lookAt)
    turn.go({ ...phase, question: askSnapshot(turn) })
}

function failValidation(turn: Turn, run: ActiveRun, { reasons }: Validating): void {
  const { maxClusterStabilizationTimeoutSeconds: seconds } = run.parameters
  const allowed = durationText(seconds * 1000)
  const unseen = seconds === 0 ? 'no time was given to look' : 'it could not be looked at in time'
  const found = reasons.length === 0 ? unseen : reasons.join('; ')
  failIteration(
    turn,
    'ValidationFailed',
    (wait) => `The cluster was not well within ${allowed}: ${found}. ${wait}`,
  )
}

/** Answers to `take snapshot`, whether for a validation or for the choice of faults. */
export function tellSnapshot(turn: Turn, input: Extract<Input, { type: 'snapshot' | 'no snapshot' }>): void {
  const phase = turn.state.run?.phase
  const run = turn.active
  if (!run || !phase || !('question' in phase) || phase.question !== input.question) return
  if (phase.name === 'validating') return judge(turn, run, phase, input)
  if (phase.name === 'taking snapshot') takeSnapshot(turn, run, phase, input)
}

function judge(
  turn: Turn,
  run: ActiveRun,
  phase: Validating,
  input: Extract<Input, { type: 'snapshot' | 'no snapshot' }>,
): void {
  const { gating, reasons } =
    input.type === 'snapshot' ? look(turn, run, input.snapshot) : blind(input.reason)
  if (gating.length > 0) {
    const { deadline } = phase
    return turn.go({ name: 'validating', deadline, lookAt: Math.min(turn.now + pollMs, deadline), reasons })
  }
  // Step 4.
  const waitMs = run.parameters.waitTimeBetweenIterationsSeconds * 1000
  turn.store({ nextIterationAt: turn.now + waitMs })
  const tryAt = turn.now + turn.state.settings.snapshotPauseMs
  turn.go({ name: 'taking snapshot', tries: 1, tryAt, reason: '' }, { waitMs })
}

interface Look {
  /** What holds faults back. */
  readonly gating: readonly string[]
  /** All that is wrong. */
  readonly reasons: readonly string[]
}

function look(turn: Turn, { parameters }: ActiveRun, snapshot: ClusterSnapshot): Look {
  const { health, reasons: ill } = clusterHealth(snapshot, parameters.clusterHealthPolicy)
  const unstable = instability(snapshot)
  const gating = health === 'Error' ? ill : []
  const reasons = [...gating, ...unstable]
  return { gating: turn.state.settings.gate === 'documented' ? reasons : gating, reasons }
}

function blind(reason: string): Look {
  const reasons = [`the cluster could not be looked at: ${reason}`]
  return { gating: reasons, reasons }
}

/** Step 5: a snapshot that is not consistent is taken again, at most so often (3.5). */
function takeSnapshot(
  turn: Turn,
  run: ActiveRun,
  phase: TakingSnapshot,
  input: Extract<Input, { type: 'snapshot' | 'no snapshot' }>,
): void {
  const reason = input.type === 'snapshot' ? inconsistency(input.snapshot) : input.reason
  if (reason === undefined && input.type === 'snapshot') return execute(turn, run, input.snapshot)
  const { snapshotTries, snapshotPauseMs } = turn.state.settings
  const most = internalSettings(run.parameters.context).snapshotTries ?? snapshotTries
  if (phase.tries < most) {
    const tryAt = turn.now + snapshotPauseMs
    return turn.go({ name: 'taking snapshot', tries: phase.tries + 1, tryAt, reason: reason ?? '' })
  }
  failIteration(
    turn,
    'TestError',
    (wait) => `No consistent picture of the cluster in ${most} tries: ${reason}. ${wait}`,
  )
}

function askSnapshot(turn: Turn): number {
  const question = turn.number()
  turn.effect({ type: 'take snapshot', question })
  return question
}
