import type { JsonValue } from '@squall/contract'

/** A parsed path: a root and the steps from there. */
export interface Path {
  readonly root: '$' | '@'
  readonly steps: readonly Step[]
}

/** One step: every subscript is applied to the node, or to it and all its descendants. */
export interface Step {
  readonly recursive: boolean
  readonly subscripts: readonly Subscript[]
}

export type Subscript =
  | { readonly type: 'every' }
  | { readonly type: 'name'; readonly name: string }
  | { readonly type: 'index'; readonly index: number }
  | { readonly type: 'slice'; readonly start?: number; readonly end?: number; readonly step: number }
  | { readonly type: 'filter'; readonly condition: Condition }
  | { readonly type: 'call'; readonly name: FunctionName; readonly args: readonly Operand[] }
  | { readonly type: 'nested'; readonly path: Path }

export const functionNames = ['length', 'keys', 'values', 'entries', 'charAt', 'substring'] as const
export type FunctionName = (typeof functionNames)[number]

export type Condition =
  | { readonly type: 'and' | 'or'; readonly parts: readonly Condition[] }
  | { readonly type: 'not'; readonly part: Condition }
  | {
      readonly type: 'compare'
      readonly operator: Comparison
      readonly left: Operand
      readonly right: Operand
    }
  | { readonly type: 'operand'; readonly operand: Operand }

export const comparisons = ['!=', '<=', '>=', '=', '<', '>', 'contains'] as const
export type Comparison = (typeof comparisons)[number]

export type Operand =
  | { readonly type: 'path'; readonly path: Path }
  | { readonly type: 'value'; readonly value: JsonValue }
