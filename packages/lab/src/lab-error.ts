export type LabErrorCode =
  | 'LAB_OPTION'
  | 'LAB_RANGE_FULL'
  | 'LAB_RANGES_OVERLAP'
  | 'LAB_PORT_BUSY'
  | 'LAB_RUNS_ALREADY'
  | 'LAB_ABSENT'
  | 'LAB_AMBIGUOUS'
  | 'LAB_START_FAILED'
  | 'LAB_LOCKED'
  | 'LAB_CONFIGURATION'
  | 'LAB_NOT_ENDED'

/** An error of the lab a person can act on: `message` says what is wrong with which value, `hint` what to do next. */
export class LabError extends Error {
  override readonly name: string = 'LabError'
  readonly code: LabErrorCode
  readonly hint: string

  constructor(code: LabErrorCode, message: string, hint: string, options: { cause?: unknown } = {}) {
    super(message, options)
    this.code = code
    this.hint = hint
  }
}

/** Tells whether `error` is a `LabError`, whichever copy of this package made it. */
export function isLabError(error: unknown): error is LabError {
  return error instanceof Error && error.name === 'LabError' && 'code' in error && 'hint' in error
}

/** The message of anything thrown. */
export function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}
