import { isObject } from '@squall/contract'

/** Python's `==` on JSON values: `1 == True`, `0 == False`, lists and objects deeply (spec 29.4). */
export function pythonEquals(left: unknown, right: unknown): boolean {
  const a = numeric(left)
  const b = numeric(right)
  if (a !== undefined || b !== undefined) return a === b
  if (Array.isArray(left)) {
    return (
      Array.isArray(right) &&
      left.length === right.length &&
      left.every((item, index) => pythonEquals(item, right[index]))
    )
  }
  if (!isObject(left)) return left === right
  if (!isObject(right)) return false
  const keys = Object.keys(left)
  return (
    keys.length === Object.keys(right).length &&
    keys.every((key) => Object.hasOwn(right, key) && pythonEquals(left[key], right[key]))
  )
}

function numeric(value: unknown): number | undefined {
  if (typeof value === 'boolean') return Number(value)
  return typeof value === 'number' ? value : undefined
}

/** Python's truth of a JSON value: `0`, `''`, `[]`, `{}` and null are false; NaN, which is no 0, is true. */
export function isTruthy(value: unknown): boolean {
  if (Array.isArray(value)) return value.length > 0
  if (isObject(value)) return Object.keys(value).length > 0
  return Number.isNaN(value) || Boolean(value)
}
