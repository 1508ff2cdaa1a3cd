import { isObject, SquallError } from '@squall/contract'

type Fields = Readonly<Record<string, unknown>>

/** Refuses a part of a request. `reason` completes the sentence that `at` begins. */
export function refused(at: string, reason: string): SquallError<'SQUALL_CHAOS_PARAMETER'> {
  return new SquallError('SQUALL_CHAOS_PARAMETER', { at, reason })
}

/** The fields of a JSON object; throws `SQUALL_CHAOS_PARAMETER` for anything else. */
export function readObject(value: unknown, at: string): Fields {
  if (!isObject(value)) throw refused(at, 'must be a JSON object')
  return value
}

/** A member; null counts as absent. */
export function member(fields: Fields, name: string): unknown {
  return Object.hasOwn(fields, name) ? (fields[name] ?? undefined) : undefined
}

export interface WholeNumber {
  readonly limit: number
  readonly otherwise: number
}

/** A number, or a text that holds one; a fraction is cut off (2.1). */
export function readWhole(fields: Fields, name: string, { limit, otherwise }: WholeNumber): number {
  const value = member(fields, name)
  if (value === undefined) return otherwise
  const number = numberOf(value)
  if (number === undefined || number < 0 || number > limit) {
    throw refused(name, `must be a whole number from 0 to ${limit}, not ${JSON.stringify(value)}`)
  }
  return Math.trunc(number)
}

function numberOf(value: unknown): number | undefined {
  if (typeof value === 'number') return value
  if (typeof value !== 'string' || !/^\s*[+-]?\d+(\.\d*)?\s*$/.test(value)) return undefined
  return Number(value)
}

export function readBoolean(fields: Fields, name: string, otherwise: boolean): boolean {
  const value = member(fields, name) ?? otherwise
  if (typeof value !== 'boolean') {
    throw refused(name, `must be true or false, not ${JSON.stringify(value)}`)
  }
  return value
}

export function readList(fields: Fields, name: string): readonly unknown[] | undefined {
  const value = member(fields, name)
  if (value !== undefined && !Array.isArray(value)) throw refused(name, 'must be a list')
  return value
}

export function readTexts(fields: Fields, name: string): readonly string[] {
  const list = readList(fields, name) ?? []
  if (!list.every((entry): entry is string => typeof entry === 'string')) {
    throw refused(name, 'must be a list of texts')
  }
  return list
}
