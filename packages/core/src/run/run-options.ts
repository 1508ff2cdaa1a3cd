import type {
  Clock,
  Driver,
  Journal,
  JsonObject,
  RunEvent,
  RunEventReader,
  RunStatus,
} from '@squall/contract'
import type { Environment, Overrides } from '../configuration/load-configuration.ts'
import type { GlobalControls } from '../controls/global-controls.ts'
import type { DriverRegistry } from '../drivers/registry.ts'
import type { RedactLevel } from '../redact/named-secrets.ts'
import type { InterruptedBy } from './interruption.ts'
import type { RunPart } from './run-parts.ts'
import type { DryLevel } from './run-scope.ts'

export interface RunOptions {
  /** The installed drivers, or drivers at hand as objects. */
  readonly drivers: DriverRegistry | readonly Driver[]
  /**
   * Controls that no experiment declares, which may have acted around its loading already. Default: those of `settings`.
   */
  readonly controls?: GlobalControls
  /** Skips the execution of some activities. Default: none. */
  readonly dry?: DryLevel
  /** Overrides the experiment's and the settings' strategies. */
  readonly strategies?: { readonly hypothesis?: string; readonly rollbacks?: string }
  /** Seconds between two checks of a continuous hypothesis. Default 1. */
  readonly hypothesisFrequency?: number
  /** Ends the run when a check during the method is not met. Default false. */
  readonly failFast?: boolean
  /** Percentage of failed checks from which `failFast` acts. Default 0. */
  readonly failFastRatio?: number
  /** Values that replace declared configuration and secrets. */
  readonly overrides?: Overrides
  /** Settings as read from the settings files. Default: none. */
  readonly settings?: JsonObject
  /** Relative modules of the experiment start here. Default: the working directory. */
  readonly directory?: string
  /** Decides every choice by chance. Default: a fresh one, which the first event names. */
  readonly seed?: string
  /**
   * Globs over targets that no action may touch, beside `protect` of the settings. An action that would, or whose targets
   * cannot be known, fails.
   */
  readonly protect?: readonly string[]
  /** Plays these parts and no others. Default: all. */
  readonly only?: readonly RunPart[]
  /**
   * Whether the exit code is 1 also for what else should not be: see `strictFindings`. Tolerances of the method's probes
   * are checked then. Default false.
   */
  readonly strict?: boolean
  /**
   * Seconds after which checks and method are ended, background work too; what was done is undone then. Rollbacks and
   * undoing are not cut short. Default: no limit.
   */
  readonly maxDuration?: number
  /** The run is ended when this file appears, and plays nothing where it is there already. */
  readonly stopFile?: string
  /** Interrupts the run when aborted, as the first SIGINT does. */
  readonly signal?: AbortSignal
  /** Called with every event, in order. */
  readonly onEvent?: RunEventReader
  /**
   * Folder of the event log. Default: a new one in the user's state folder, removed when the run has ended. A folder
   * given here gets the log at the end; it must not exist or be empty. `false` keeps events in memory only, so nothing is undone when this process is killed.
   */
  readonly eventLog?: string | false
  /**
   * Where the journal is written when the run ends, by this process or, should it disappear, by whoever finishes the run.
   * Default: nowhere.
   */
  readonly journalPath?: string
  /**
   * Bytes of what one activity answers with, its exception included. With `journalPath` set, more than that is cut in
   * events and journal and kept as a whole in `JOURNAL_PATH.outputs/ID.json`; without it nothing is cut. Default 1 MiB.
   */
  readonly maxOutput?: number
  /**
   * What is replaced by `[secret NAME]` in events and journal. `secrets`: values that `secrets` take from the environment
   * or from `overrides`, and such values in `configuration` under a name that ends in `password`, `token` and the like.
   * `all`: also those that the experiment itself writes down, and all configuration from the environment. Default
   * `secrets`.
   */
  readonly redact?: RedactLevel
  /**
   * Whether the experiment's rollbacks are played when this process disappears. Default: only with the rollback strategy
   * `always`.
   */
  readonly rollbacksOnCrash?: boolean
  /** Default: the clock of this machine. */
  readonly clock?: Clock
  /** Default: the environment of this process. */
  readonly environment?: Environment
}

export interface FinishedRun {
  readonly journal: Journal
  readonly status: RunStatus
  readonly deviated: boolean
  /**
   * 0 when completed without deviation, every undo worked, the steady state held after the rollbacks where that is asked
   * for and `strict` has found nothing; else 1.
   */
  readonly exitCode: 0 | 1
  readonly events: readonly RunEvent[]
}

/** A run that goes on. */
export interface Run {
  /** Every event from the first one on, as it happens. */
  readonly events: AsyncIterable<RunEvent>
  /** Rejects only when the run could not begin, as for a missing environment variable, or its journal not be written. */
  readonly finished: Promise<FinishedRun>
  /** Asks the run to end. The first request ends the foreground activity, a second one everything. */
  interrupt(by: InterruptedBy): void
}
