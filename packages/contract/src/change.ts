import type { JsonValue } from './json.ts'

/** One step of what a control changed in a document. Steps are carried out in order; each path is from the document's root. */
export type Change =
  | {
      readonly op: 'set'
      readonly path: readonly (string | number)[]
      /** Absent where it is nobody's business, as in secrets and settings. */
      readonly value?: JsonValue
    }
  | { readonly op: 'remove'; readonly path: readonly (string | number)[] }
  | {
      /** Takes `remove` items out of a list and puts `insert` in their place. */
      readonly op: 'splice'
      readonly path: readonly (string | number)[]
      readonly at: number
      readonly remove: number
      readonly insert: readonly JsonValue[]
    }
