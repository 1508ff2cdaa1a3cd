import { errorTable } from './error-table.ts'

export type ErrorCode = keyof typeof errorTable
export type ErrorFields<Code extends ErrorCode> = Parameters<(typeof errorTable)[Code]['message']>[0]

/**
 * An error a person can act on: `message` says what is wrong and where, `hint` what to do next, `cause` what led to
 * it. Two copies of this package may be loaded side by side, so recognise it by `code`, not by class.
 */
export class SquallError<Code extends ErrorCode = ErrorCode> extends Error {
  override readonly name: string = 'SquallError'
  readonly code: Code
  readonly hint: string
  readonly fields: ErrorFields<Code>

  constructor(code: Code, fields: ErrorFields<Code>, options: { cause?: unknown; hint?: string } = {}) {
    const entry = errorTable[code]
    super(
      (entry.message as (fields: ErrorFields<Code>) => string)(fields),
      options.cause === undefined ? undefined : { cause: options.cause },
    )
    this.code = code
    this.fields = fields
    this.hint = options.hint ?? entry.hint
  }
}

/** Marks the activity as failed and lets the run go on. */
export class ActivityFailed extends SquallError<'SQUALL_ACTIVITY_FAILED'> {
  override readonly name: string = 'ActivityFailed'
  /** What the journal shows under `exception`, line by line, in place of this error and its causes: a trace of another language. */
  readonly trace?: readonly string[]

  constructor(reason: string, options: { cause?: unknown; hint?: string; trace?: readonly string[] } = {}) {
    super('SQUALL_ACTIVITY_FAILED', { reason }, options)
    if (options.trace) this.trace = options.trace
  }
}

/** Tells whether `error` is a SquallError with this code, whichever copy of the package made it. */
export function hasCode<Code extends ErrorCode>(error: unknown, code: Code): error is SquallError<Code> {
  return error instanceof Error && (error as { code?: unknown }).code === code
}

/** Tells whether `error` is any SquallError, whichever copy of the package made it. */
export function isSquallError(error: unknown): error is SquallError {
  if (!(error instanceof Error)) return false
  const { code, hint } = error as { code?: unknown; hint?: unknown }
  return typeof code === 'string' && code.startsWith('SQUALL_') && typeof hint === 'string'
}
