import { nextWindowStart } from '../schedule/occurrences.ts'
import type { EngineState, Phase } from './engine-state.ts'

/** When the engine has to be told the time next; undefined when only something else can move it on. */
export function wakeAt(state: EngineState, now: number): number | undefined {
  const times = [...scheduleTimes(state, now), ...phaseTimes(state.run?.phase)]
  return times.length === 0 ? undefined : Math.max(now, Math.min(...times))
}

function scheduleTimes({ stored }: EngineState, now: number): readonly number[] {
  const { scheduleStatus, schedule, run } = stored
  if (scheduleStatus === 'Pending') return [schedule.startMs]
  if (scheduleStatus !== 'Active') return []
  if (run) return [run.endsAt]
  const next = nextWindowStart(schedule, now)
  return [schedule.expiryMs, ...(next === undefined ? [] : [next])]
}

function phaseTimes(phase: Phase | undefined): readonly number[] {
  switch (phase?.name) {
    case 'waiting':
      return [phase.until]
    case 'validating':
      return phase.question === undefined ? [phase.lookAt, phase.deadline] : [phase.deadline]
    case 'taking snapshot':
      return phase.question === undefined ? [phase.tryAt] : []
    default:
      return []
  }
}
