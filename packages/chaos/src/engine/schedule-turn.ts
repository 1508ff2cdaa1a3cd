import type { ChaosParameters } from '../parameters/chaos-parameters.ts'
import { type Window, windowAt } from '../schedule/occurrences.ts'
import type { Turn } from './turn.ts'

const shortestRunMs = 1000

/** Moves schedule and run on to where they belong at this moment (9.4). */
export function advanceSchedule(turn: Turn): void {
  const { scheduleStatus, schedule } = turn.stored
  if (scheduleStatus === 'Pending' && turn.now >= schedule.startMs) turn.store({ scheduleStatus: 'Active' })
  if (turn.stored.scheduleStatus !== 'Active') return
  const { run } = turn.stored
  if (run && turn.now >= run.endsAt) endRun(turn, 'The time to run is up.')
  if (turn.now >= schedule.expiryMs) return turn.store({ scheduleStatus: 'Expired' })
  if (turn.stored.run) return
  const window = windowAt(schedule, turn.now)
  const endsAt = Math.min(window?.endMs ?? 0, schedule.expiryMs)
  if (window && endsAt - turn.now >= shortestRunMs) beginRun(turn, window, endsAt)
}

function beginRun(turn: Turn, { key }: Window, endsAt: number): void {
  const { schedule, baseSeed, runs, nextSeed } = turn.stored
  const given = schedule.parameters.find((entry) => entry.key === key)?.value
  if (!given) return
  const parameters = withTimeLeft(given, endsAt - turn.now)
  const seed = nextSeed ?? baseSeed + runs
  turn.store({
    run: { seed, startedAt: turn.now, endsAt, iteration: 0 },
    runs: runs + 1,
    latest: parameters,
    nextSeed: undefined,
    nextIterationAt: undefined,
  })
  turn.change({
    run: { waitMs: parameters.waitTimeBetweenIterationsSeconds * 1000, phase: { name: 'draining' } },
  })
  turn.record({ kind: 'Started', parameters, seed })
}

/** A run lasts to the end of its window, whatever time its parameters ask for, and shows that (3.1, 9.1). */
function withTimeLeft(parameters: ChaosParameters, leftMs: number): ChaosParameters {
  // A clock with fractions of a millisecond must not cost a whole second.
  return { ...parameters, timeToRunSeconds: Math.floor((leftMs + 1) / 1000) }
}

/** Ends the run with its one Stopped event. Faults in flight run to their end; nothing more is recorded of them. */
export function endRun(turn: Turn, reason: string): void {
  turn.record({ kind: 'Stopped', reason })
  turn.store({ run: undefined, nextIterationAt: undefined })
  turn.change({ run: undefined })
  if (turn.state.inFlight.length > 0) turn.effect({ type: 'hold back faults' })
}
