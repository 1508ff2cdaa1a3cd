import type { JsonObject } from '@squall/contract'

const provider: JsonObject = { type: 'process', path: 'true' }

/** The experiment that controls are shown where their sample brings none. */
export const lawExperiment: JsonObject = {
  title: 'A law is tried',
  description: 'Nothing of this is played.',
  'steady-state-hypothesis': {
    title: 'All is well',
    probes: [{ type: 'probe', name: 'all is well', tolerance: true, provider }],
  },
  method: [
    { type: 'action', name: 'do harm', provider },
    { type: 'probe', name: 'look at the harm', provider },
  ],
  rollbacks: [{ type: 'action', name: 'make good', provider }],
}

/** The entry of an activity in the journal, when it went well. */
export function entryOf(activity: JsonObject): JsonObject {
  const [start, end] = ['2026-01-01T00:00:00.000000', '2026-01-01T00:00:00.010000']
  return { activity, output: true, start, status: 'succeeded', end, duration: 0.01 }
}

/** The journal of a run that went well, or was interrupted. */
export function journalOf(experiment: JsonObject, isCutShort: boolean): JsonObject {
  const checked: JsonObject = { steady_state_met: true, probes: [] }
  return {
    'chaoslib-version': '1.44.0',
    platform: 'law',
    node: 'law',
    experiment,
    start: '2026-01-01T00:00:00.000000',
    status: isCutShort ? 'interrupted' : 'completed',
    deviated: false,
    steady_states: { before: isCutShort ? null : checked, after: isCutShort ? null : checked, during: [] },
    run: [],
    rollbacks: [],
    end: '2026-01-01T00:00:01.000000',
    duration: 1,
  }
}
