import { durationText } from '../events/duration-text.ts'
import { scheduleOfStart, versionAfter } from '../schedule/chaos-schedule.ts'
import type { Input } from './input.ts'
import { endRun } from './schedule-turn.ts'
import type { Turn } from './turn.ts'

type Start = Extract<Input, { type: 'start' }>
type SetSchedule = Extract<Input, { type: 'set schedule' }>

/** Stores a start as a schedule of its own (3.1). Only a run in progress refuses it. */
export function start(turn: Turn, { parameters, options, seed }: Start): void {
  if (refusedWhileRunning(turn)) return
  turn.store({
    schedule: scheduleOfStart(parameters, turn.now),
    version: versionAfter(turn.stored.version),
    scheduleStatus: 'Pending',
    options: options ?? {},
    nextSeed: seed,
    nextIterationAt: undefined,
  })
}

/** Stores a schedule if its version is the one stored (9.2). */
export function setSchedule(turn: Turn, { version, schedule, options, seed }: SetSchedule): void {
  if (version !== turn.stored.version) {
    const reason = `must be the stored ${turn.stored.version}, not ${version}`
    turn.effect({ type: 'refuse', refusal: { code: 'SQUALL_CHAOS_PARAMETER', at: 'Version', reason } })
    return
  }
  if (refusedWhileRunning(turn)) return
  turn.store({
    schedule,
    version: versionAfter(version),
    scheduleStatus: 'Pending',
    options: options ?? {},
    nextSeed: seed,
  })
}

/** Ends the run, if there is one, and the schedule with it (3.7, 9.4). */
export function stop(turn: Turn): void {
  if (turn.stored.run) endRun(turn, 'The user asked Chaos to stop.')
  turn.store({ scheduleStatus: 'Stopped' })
}

/** Goes on with the run that a restart interrupted: a pending wait is finished first (3.8). */
export function resumeRun(turn: Turn): void {
  const run = turn.active
  const { nextIterationAt } = turn.stored
  if (!run || turn.state.run || run.endsAt <= turn.now) return
  const waitMs = run.parameters.waitTimeBetweenIterationsSeconds * 1000
  const leftMs = (nextIterationAt ?? turn.now) - turn.now
  turn.change({ run: { waitMs, phase: { name: 'waiting', until: turn.now + Math.max(0, leftMs) } } })
  if (leftMs <= 0) return
  const reason = `Waiting ${durationText(leftMs)}, the rest of a wait that a restart of the service interrupted.`
  turn.record({ kind: 'Waiting', reason })
}

function refusedWhileRunning(turn: Turn): boolean {
  if (!turn.stored.run) return false
  turn.effect({ type: 'refuse', refusal: { code: 'SQUALL_CHAOS_RUNNING' } })
  return true
}
