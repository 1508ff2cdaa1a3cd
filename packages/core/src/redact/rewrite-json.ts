import { copyNumberTexts, type JsonValue } from '@squall/contract'

/** What becomes of the keys, and of the texts, numbers and such, in a JSON value. */
export interface Rewriting {
  key(key: string): string
  leaf(leaf: string | number | boolean | null): JsonValue
}

/** Rewrites a JSON value. Answers with the same value where nothing in it changes, so that most of them cost no copy. */
export function rewriteJson(value: JsonValue, rewriting: Rewriting): JsonValue {
  if (typeof value !== 'object' || value === null) return rewriting.leaf(value)
  if (Array.isArray(value)) {
    const items = value.map((item) => rewriteJson(item, rewriting))
    if (items.every((item, at) => item === value[at])) return value
    copyNumberTexts(value, items)
    return items
  }
  const members = Object.entries(value)
  const rewritten = members.map(([key, item]): [string, JsonValue] => [
    rewriting.key(key),
    rewriteJson(item, rewriting),
  ])
  const isSame = rewritten.every(([key, item], at) => key === members[at]?.[0] && item === members[at]?.[1])
  if (isSame) return value
  const copy = Object.fromEntries(rewritten)
  copyNumberTexts(value, copy)
  return copy
}
