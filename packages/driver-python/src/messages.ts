import type { JsonValue } from '@squall/contract'

/** What a worker is asked to do; the fields besides `do` belong to that. */
export interface Order {
  readonly do:
    | 'call'
    | 'check'
    | 'importable'
    | 'open-control'
    | 'validate-control'
    | 'hook'
    | 'close-run'
    | 'events'
    | 'notify'
    | 'discover'
    | 'list'
  /** Runs beside others, never in the main thread. */
  readonly beside?: boolean
  readonly [field: string]: unknown
}

/** What changed of environment variables (null: removed) and of the working directory. */
export interface SurroundingsChange {
  readonly env?: Readonly<Record<string, string | null>>
  readonly cwd?: string
}

/** Why there is no value. */
export type Fail =
  | { readonly kind: 'failed'; readonly message: string; readonly trace: readonly string[] }
  | { readonly kind: 'exit'; readonly name: string; readonly code: number | null }
  | { readonly kind: 'aborted' }
  | { readonly kind: 'not-json'; readonly message: string }
  | { readonly kind: 'missing-module'; readonly missing: string; readonly message: string }
  | { readonly kind: 'missing-function'; readonly names: readonly string[]; readonly exists?: boolean }
  | { readonly kind: 'import'; readonly message: string; readonly trace: readonly string[] }
  | { readonly kind: 'no-discover'; readonly module: string }
  | { readonly kind: 'broken'; readonly message: string; readonly trace: readonly string[] }
  | { readonly kind: 'interrupt' | 'raised'; readonly message: string; readonly line: string }
  /** The worker ended before it answered. */
  | { readonly kind: 'gone'; readonly how: string }

export type Reply = { readonly ok: JsonValue } | { readonly fail: Fail }

/** An undo that Python code registers, or amends. */
export interface UndoOrder {
  readonly module: string
  readonly func: string
  readonly arguments: JsonValue
  /** `sys.path` of who registered it. */
  readonly path: readonly string[]
  /** Which one is amended; absent for a new one. */
  readonly amends?: number
}

/** One line from a worker. */
export interface FromWorker {
  readonly hello?: { readonly version?: string; readonly executable?: string; readonly tooOld?: string }
  readonly id?: number | null
  readonly ok?: JsonValue
  readonly fail?: Fail
  readonly changes?: SurroundingsChange
  readonly log?: readonly ['debug' | 'info' | 'warn', string]
  readonly out?: string
  readonly interrupt?: 'graceful' | 'ungraceful'
  readonly ask?: number
  readonly undo?: UndoOrder
}
