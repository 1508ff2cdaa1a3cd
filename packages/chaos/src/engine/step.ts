import type { Effect } from './effect.ts'
import type { EngineState } from './engine-state.ts'
import { faultEnded } from './execute.ts'
import type { Input } from './input.ts'
import { advanceRun, tellSnapshot, tellUpgrade } from './iterate.ts'
import { resumeRun, setSchedule, start, stop } from './requests.ts'
import { advanceSchedule } from './schedule-turn.ts'
import { Turn } from './turn.ts'
import { wakeAt } from './wake-at.ts'

/** What follows from an input. */
export interface Step {
  readonly state: EngineState
  readonly effects: readonly Effect[]
}

/**
 * Continuous chaos as a pure function: no clock, no chance, no world. Time and answers come in as inputs; what is to be
 * asked, done and recorded goes out as effects, to be carried out in order.
 */
export function step(state: EngineState, input: Input): Step {
  const turn = new Turn(state, input.now)
  advanceSchedule(turn)
  take(turn, input)
  advanceSchedule(turn)
  advanceRun(turn)
  const at = wakeAt(turn.state, input.now)
  if (at !== undefined) turn.effect({ type: 'wait until', at })
  return { state: turn.state, effects: turn.effects() }
}

function take(turn: Turn, input: Input): void {
  switch (input.type) {
    case 'tick':
      return
    case 'resumed':
      return resumeRun(turn)
    case 'start':
      return start(turn, input)
    case 'set schedule':
      return setSchedule(turn, input)
    case 'stop':
      return stop(turn)
    case 'upgrade':
      return tellUpgrade(turn, input)
    case 'snapshot':
    case 'no snapshot':
      return tellSnapshot(turn, input)
    case 'fault ended':
      return faultEnded(turn, input)
  }
}
