import type { JsonValue } from '@squall/contract'

/** What a worker thread is started with. */
export interface WorkerOrder {
  readonly url: string
  readonly func: string
  readonly arguments: unknown
  readonly configuration: Readonly<Record<string, JsonValue>>
  readonly secrets: Readonly<Record<string, JsonValue>>
}

/** `call` numbers what is answered with `answered`; `undo` numbers the registrations of the function. */
export type FromWorker =
  | { readonly type: 'returned'; readonly value: unknown }
  | { readonly type: 'threw'; readonly error: PlainError }
  | { readonly type: 'missing'; readonly names: readonly string[] }
  | { readonly type: 'refused'; readonly problems: string }
  | {
      readonly type: 'log'
      readonly level: 'debug' | 'info' | 'warn'
      readonly message: string
      readonly fields: Record<string, JsonValue> | undefined
    }
  | {
      readonly type: 'undo'
      readonly call: number
      readonly undo: number
      readonly func: string
      readonly arguments: JsonValue
    }
  | { readonly type: 'amend'; readonly call: number; readonly undo: number; readonly arguments: JsonValue }

export type ToWorker =
  | { readonly type: 'abort'; readonly reason: string }
  | { readonly type: 'answered'; readonly call: number; readonly error?: PlainError }

/** An error on its way between threads, or anything else that was thrown. */
export type PlainError =
  | { readonly thrown: string }
  | {
      readonly name: string
      readonly message: string
      readonly stack: string | undefined
      readonly code: string | undefined
      readonly hint: string | undefined
      readonly cause: PlainError | undefined
    }
