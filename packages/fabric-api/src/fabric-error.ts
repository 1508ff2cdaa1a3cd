import { isSquallError } from '@squall/contract'

/** Codes of errors on the wire (8.2). */
export type FabricCode =
  | 'FABRIC_E_CHAOS_ALREADY_RUNNING'
  | 'E_INVALIDARG'
  | 'FABRIC_E_VALUE_TOO_LARGE'
  | 'FABRIC_E_NOT_READY'
  | 'FABRIC_E_RECONFIGURATION_PENDING'
  | 'FABRIC_E_TIMEOUT'
  | 'E_ACCESSDENIED'
  | 'E_FAIL'

type FabricStatus = 400 | 403 | 413 | 500 | 503 | 504

const statusOf: Readonly<Record<FabricCode, FabricStatus>> = {
  FABRIC_E_CHAOS_ALREADY_RUNNING: 400,
  E_INVALIDARG: 400,
  FABRIC_E_VALUE_TOO_LARGE: 413,
  FABRIC_E_NOT_READY: 503,
  FABRIC_E_RECONFIGURATION_PENDING: 503,
  FABRIC_E_TIMEOUT: 504,
  E_ACCESSDENIED: 403,
  E_FAIL: 500,
}

const codeOf: Readonly<Record<string, FabricCode>> = {
  SQUALL_CHAOS_RUNNING: 'FABRIC_E_CHAOS_ALREADY_RUNNING',
  SQUALL_CHAOS_PARAMETER: 'E_INVALIDARG',
  SQUALL_CHAOS_TOO_LARGE: 'FABRIC_E_VALUE_TOO_LARGE',
  SQUALL_CHAOS_NOT_READY: 'FABRIC_E_NOT_READY',
  SQUALL_CHAOS_CLOSED: 'FABRIC_E_RECONFIGURATION_PENDING',
}

/** An error as the wire has it: `{"Error": {"Code", "Message"}}`. */
export class FabricError extends Error {
  readonly code: FabricCode

  constructor(code: FabricCode, message: string, options?: ErrorOptions) {
    super(message, options)
    this.code = code
  }

  get status(): FabricStatus {
    return statusOf[this.code]
  }

  get body(): { readonly Error: { readonly Code: FabricCode; readonly Message: string } } {
    return { Error: { Code: this.code, Message: this.message || this.code } }
  }
}

/** What goes out for an error, whatever it was. What was not foreseen shows its message and no stack. */
export function fabricErrorOf(error: unknown): FabricError {
  if (error instanceof FabricError) return error
  const message = error instanceof Error ? error.message : String(error)
  const code = isSquallError(error) ? (codeOf[error.code] ?? 'E_FAIL') : 'E_FAIL'
  return new FabricError(code, message, { cause: error })
}
