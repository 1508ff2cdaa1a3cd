import type { JsonObject, JsonValue, Phase, RunStatus } from '@squall/contract'
import type { JournalEnd } from '../journal/journal-parts.ts'
import type { ActivityOutcome, Place } from './place.ts'

/** What a before-hook has the activity answer with in place of being carried out. */
export interface Skipped {
  readonly output: JsonValue
}

/** The controls of a run, as those who play it call them (spec 17). */
export interface ScopedControls {
  /** Opens and configures every control that is declared when the run begins. */
  configure(): Promise<void>
  beforeExperiment(): Promise<void>
  /** Hooks after the experiment see the journal as it will be, and may change it: its status, too. */
  afterExperiment(end: JournalEnd): Promise<{ readonly status: RunStatus; readonly deviated: boolean }>
  /** Around the method or the rollbacks; `signal` ends what is played, and the hooks before it. */
  aroundList(level: 'method' | 'rollback', signal: AbortSignal, play: () => Promise<void>): Promise<void>
  /** Around one check. Answers whether the state is met, as the hooks afterwards left it. */
  aroundCheck<Result extends { readonly met: boolean }>(
    at: { readonly phase: Phase; readonly check: number; readonly signal: AbortSignal },
    play: (started: () => void) => Promise<Result>,
  ): Promise<Result>
  /** Around one activity. Answers with its outcome as the hooks afterwards left it. */
  aroundActivity(
    activity: JsonObject,
    place: Place,
    play: (skipped: Skipped | undefined) => Promise<ActivityOutcome>,
  ): Promise<ActivityOutcome>
}
