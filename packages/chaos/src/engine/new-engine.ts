import type { FaultOffer } from '../plan/choice-options.ts'
import { emptySchedule } from '../schedule/chaos-schedule.ts'
import { defaultEngineSettings, type EngineSettings } from './engine-settings.ts'
import type { EngineState, StoredState } from './engine-state.ts'

/** What a service knows that was never started (7.4). */
export function freshState(baseSeed: number, lastTicks = '0'): StoredState {
  return {
    format: 1,
    schedule: emptySchedule,
    version: 0,
    scheduleStatus: 'Stopped',
    options: {},
    baseSeed,
    runs: 0,
    lastTicks,
  }
}

/** An engine that goes on from what is stored. Tell it `resumed` first. */
export function engineOf(
  stored: StoredState,
  settings: Partial<EngineSettings> = {},
  offer: FaultOffer = {},
): EngineState {
  return {
    settings: { ...defaultEngineSettings, ...settings },
    offer,
    stored,
    run: undefined,
    inFlight: [],
    lastNumber: 0,
  }
}
