import type { JsonObject, JsonValue } from '@squall/contract'
import type { ControlDeed } from './deed.ts'
import { journalOf } from './law-experiment.ts'

/** What came of a run with a control. */
export class Played {
  /** Names of the hooks that were called, in order. */
  readonly called: string[] = []
  /** What the control has under names that are not the contract's. */
  readonly oddities: string[] = []
  /** Hooks that failed, each with its reason. */
  readonly failures: string[] = []
  /** What was no JSON any more, and after which hook. */
  readonly flaws: string[] = []
  /** What it gave out as the output of activities that it left out. */
  readonly skips: JsonValue[] = []
  /** Why it asked for the end of the run. */
  readonly interrupts: string[] = []
  /** What everybody sees who has the journal. */
  readonly documents: { readonly journal: JsonObject; readonly configuration: JsonObject }
  /** How many events it was told. */
  told = 0

  constructor({ experiment, configuration, isCutShort }: ControlDeed) {
    this.documents = { journal: journalOf(experiment, isCutShort), configuration }
  }
}
