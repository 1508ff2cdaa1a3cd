import { LawBroken } from './law.ts'
import type { LawContext } from './law-context.ts'
import { orTooLate, patience, tooLate } from './patience.ts'
import { errorText } from './shown.ts'

export type End =
  | { readonly ok: true; readonly value: unknown }
  | { readonly ok: false; readonly error: unknown }

/** A call that is under way. */
export class Running {
  readonly context: LawContext
  /** Never rejects. */
  readonly ended: Promise<End>
  readonly #abort: AbortController
  #end: End | undefined
  #wasAborted = false

  constructor(work: Promise<unknown>, context: LawContext, abort: AbortController) {
    this.context = context
    this.#abort = abort
    this.ended = work.then(
      (value) => this.#finish({ ok: true, value }),
      (error: unknown) => this.#finish({ ok: false, error }),
    )
  }

  get hasEnded(): boolean {
    return this.#end !== undefined
  }

  /** What it failed with until now. */
  get failure(): unknown {
    return this.#end?.ok === false ? this.#end.error : undefined
  }

  /** Whether it was aborted before it had ended. */
  get wasAborted(): boolean {
    return this.#wasAborted
  }

  abort(): void {
    this.#wasAborted ||= !this.hasEnded
    this.#abort.abort(new Error('The law aborts it.'))
  }

  /** How it ended. Throws `LawBroken` when it does not end. */
  async end(): Promise<End> {
    const end = await orTooLate(this.ended, patience.call)
    if (end !== tooLate) return end
    throw new LawBroken(`It has not ended after ${patience.call / 1000} s.`)
  }

  /** What it resolved to. Throws `LawBroken` when it failed. */
  async value(): Promise<unknown> {
    const end = await this.end()
    if (end.ok) return end.value
    throw new LawBroken(`It failed with its sample: ${errorText(end.error)}`, { cause: end.error })
  }

  #finish(end: End): End {
    this.#end = end
    return end
  }
}
