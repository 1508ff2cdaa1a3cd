import type { Change } from './change.ts'
import type { HookName } from './hook-name.ts'
import type { RunStatus, Tries } from './journal.ts'
import type { JsonObject, JsonValue } from './json.ts'

/** One step of a run. JSON-safe; `seq` counts from 1 without gaps, `time` is milliseconds since the epoch. */
export type RunEvent = RunEventBody & { readonly seq: number; readonly time: number }

/** Which list of the journal an activity belongs to. */
export type Phase = HypothesisPhase | 'method' | 'rollbacks'
export type HypothesisPhase = 'before' | 'during' | 'after' | 'after-rollbacks'

export type RunEventBody =
  | {
      readonly type: 'run-started'
      readonly run: string
      readonly squallVersion: string
      readonly platform: string
      readonly node: string
      /** As the journal shows it: title substituted, `dry` set. */
      readonly experiment: JsonObject
      readonly strategies: { readonly hypothesis: string; readonly rollbacks: string }
      readonly seed: string
    }
  | {
      readonly type: 'hypothesis-started'
      readonly phase: HypothesisPhase
      readonly title: string
      readonly check: number
    }
  | {
      readonly type: 'hypothesis-completed'
      readonly phase: HypothesisPhase
      readonly check: number
      /** Null when it was cut short. */
      readonly met: boolean | null
    }
  | { readonly type: 'method-started'; readonly activities: number }
  | { readonly type: 'method-completed' }
  | {
      readonly type: 'rollbacks-decided'
      readonly play: boolean
      readonly strategy: string
      readonly reason: string
    }
  | { readonly type: 'rollbacks-started'; readonly activities: number }
  | { readonly type: 'rollbacks-completed' }
  | { readonly type: 'rollback-skipped'; readonly activity: string; readonly reason: string }
  | {
      readonly type: 'pause'
      readonly activity: string
      readonly when: 'before' | 'after'
      readonly seconds: number
    }
  | {
      readonly type: 'activity-started'
      /** Unique within the run. */
      readonly id: number
      readonly phase: Phase
      /** Which check of the continuous hypothesis; 0 elsewhere. */
      readonly check: number
      readonly activity: JsonObject
      readonly background: boolean
      /** Which time it is of how many, where the activity is repeated. */
      readonly repeat?: { readonly iteration: number; readonly count: number }
    }
  | {
      /** One asking of `until`, or one attempt of `retry`. */
      readonly type: 'attempt-completed'
      readonly id: number
      /** Counts from 1. */
      readonly attempt: number
      readonly status: 'succeeded' | 'failed'
      /** Whether the tolerance of `until` held. */
      readonly met?: boolean
      readonly expected?: string
      readonly actual?: string
      /** Why it failed. */
      readonly reason?: string
      /** Seconds. */
      readonly duration: number
    }
  | {
      readonly type: 'activity-completed'
      readonly id: number
      /** Absent when the activity was cut short. */
      readonly status?: 'succeeded' | 'failed'
      readonly output: JsonValue
      readonly exception?: readonly string[]
      /** What to do about a failure. */
      readonly hint?: string
      /** Seconds. */
      readonly duration: number
      readonly until?: Tries
      readonly retry?: Tries
    }
  | {
      readonly type: 'tolerance-checked'
      readonly id: number
      readonly met: boolean
      /** What was expected and what was found, for a person. Absent when met. */
      readonly expected?: string
      readonly actual?: string
    }
  | { readonly type: 'status-changed'; readonly status: RunStatus; readonly reason: string }
  | { readonly type: 'deviated'; readonly reason: string }
  | { readonly type: 'interrupted'; readonly by: string }
  | {
      readonly type: 'undo-registered'
      readonly undo: number
      readonly activity: string
      readonly driver: { readonly package: string; readonly version: string; readonly file: string }
      readonly func: string
      readonly arguments: JsonValue
      /** Names of the secrets that references in the arguments stand for. Absent when there are none. */
      readonly secrets?: readonly string[]
    }
  | {
      readonly type: 'undo-amended'
      readonly undo: number
      readonly arguments: JsonValue
      readonly secrets?: readonly string[]
    }
  | {
      readonly type: 'undo-completed'
      readonly undo: number
      readonly status: 'undone' | 'not needed' | 'failed'
      readonly reason?: string
    }
  | {
      readonly type: 'control-changed'
      /** Name of the control. */
      readonly control: string
      readonly hook: HookName | 'configure'
      /** `journal`: what the journal shows, with the experiment in it. The others are in no journal. */
      readonly document: 'journal' | 'configuration' | 'secrets' | 'settings'
      readonly changes: readonly Change[]
    }
  | {
      /** A control threw, or could not be used; the run goes on without what it would have done. */
      readonly type: 'control-failed'
      readonly control: string
      readonly hook: HookName | 'open' | 'configure' | 'cleanup'
      /** Name of the activity it was called around. */
      readonly activity?: string
      readonly reason: string
    }
  | { readonly type: 'residue-found'; readonly driver: string; readonly found: readonly string[] }
  | {
      readonly type: 'log'
      readonly level: 'debug' | 'info' | 'warning' | 'error'
      readonly message: string
      readonly activity?: string
      readonly fields?: JsonObject
    }
  | {
      readonly type: 'run-completed'
      readonly status: RunStatus
      readonly deviated: boolean
      readonly duration: number
    }

/** Receives every event of a run, in order. What it throws is reported as a log event and the run goes on. */
export type RunEventReader = (event: RunEvent) => void
