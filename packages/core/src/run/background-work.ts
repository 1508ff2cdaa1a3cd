import type { JsonObject, JsonValue, Phase } from '@squall/contract'
import { textOf } from '../configuration/text-of.ts'
import { reasonOf } from './exception-lines.ts'
import { isInterruption } from './interruption.ts'
import { playEntry } from './repeat.ts'
import type { RunScope } from './run-scope.ts'

/** Activities that run beside the others until they are awaited. */
export class BackgroundWork {
  readonly #scope: RunScope
  readonly #running: Promise<void>[] = []
  #isStopped = false

  constructor(scope: RunScope) {
    this.#scope = scope
  }

  start(entry: JsonValue, activity: JsonObject, phase: Phase): void {
    const signal = this.#scope.interruption.background
    const work = playEntry(entry, activity, { phase, check: 0, background: true, signal }, this.#scope)
    this.#running.push(
      work.then(
        (goesOn) => {
          this.#isStopped ||= !goesOn
        },
        (error: unknown) => this.#report(activity, error),
      ),
    )
  }

  /** Whether one of them has ended the list it stands in (`onFailure`). */
  get isStopped(): boolean {
    return this.#isStopped
  }

  /** Resolves when all of it has ended, failed or been interrupted. */
  async finished(): Promise<void> {
    await Promise.all(this.#running)
  }

  /** An error no provider foresaw does not end the run when it happens in the background (spec 11); it is told. */
  #report(activity: JsonObject, error: unknown): void {
    if (isInterruption(error) && this.#scope.interruption.background.aborted) return
    const name = textOf(activity['name'])
    this.#scope.events.emit({ type: 'log', level: 'error', message: reasonOf(error), activity: name })
  }
}
