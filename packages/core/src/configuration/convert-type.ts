import { floatText, type JsonValue, parseJson, SquallError, writtenNumber } from '@squall/contract'
import { textOf } from './text-of.ts'

/**
 * Converts the text of an environment variable or of `--var NAME:TYPE=VALUE` (spec 3.1). A default that already has
 * another type passes through where Python's own conversion would. A number may come with its text: keep it with
 * `putValue` or `objectOfEntries`. Throws `SQUALL_CONFIGURATION_TYPE`.
 */
export function convertType(name: string, value: JsonValue, type: string | undefined): JsonValue {
  const wrong = (): SquallError =>
    new SquallError('SQUALL_CONFIGURATION_TYPE', { name, value: textOf(value), type: type ?? 'text' })
  switch (type) {
    case undefined:
    case 'str':
    case 'string':
    case 'bytes':
      return value
    case 'int':
    case 'integer':
      return toInteger(value) ?? raise(wrong())
    case 'float':
    case 'number':
      return toFloat(value) ?? raise(wrong())
    case 'bool':
    case 'boolean':
      return typeof value === 'boolean' ? value : !['false', '0', 'no'].includes(textOf(value).toLowerCase())
    case 'json':
      return fromJson(value, wrong)
    default:
      throw new SquallError('SQUALL_CONFIGURATION_TYPE', {
        name,
        value: textOf(value),
        type: `one of str, int, float, bytes, bool, json (not '${type}')`,
      })
  }
}

function toInteger(value: JsonValue): JsonValue | undefined {
  if (typeof value === 'boolean') return Number(value)
  if (typeof value === 'number') return Number.isFinite(value) ? Math.trunc(value) : undefined
  if (typeof value !== 'string' || !/^\s*[+-]?\d+(_\d+)*\s*$/.test(value)) return undefined
  const text = value.trim().replace(/^\+|_/g, '')
  return writtenNumber(Number(text), String(BigInt(text)))
}

function toFloat(value: JsonValue): JsonValue | undefined {
  if (typeof value === 'boolean' || typeof value === 'number') return float(Number(value))
  if (typeof value !== 'string') return undefined
  const word = /^\s*([+-]?)(?:(inf|infinity)|nan)\s*$/i.exec(value)
  if (word) return float(word[2] ? Number(`${word[1]}Infinity`) : Number.NaN)
  if (!/^\s*[+-]?(\d+(_\d+)*\.?|(\d+(_\d+)*)?\.\d+(_\d+)*)(e[+-]?\d+)?\s*$/i.test(value)) return undefined
  return float(Number(value.replaceAll('_', '')))
}

function float(value: number): JsonValue {
  return writtenNumber(value, floatText(value))
}

function fromJson(value: JsonValue, wrong: () => SquallError): JsonValue {
  if (typeof value !== 'string' || value === '') return value
  try {
    return parseJson(value)
  } catch {
    throw wrong()
  }
}

function raise(error: Error): never {
  throw error
}
