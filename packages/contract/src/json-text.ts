import type { JsonValue } from './json.ts'
import {
  floatText,
  hasNumberTexts,
  isFloatText,
  isPlainText,
  numberTextAt,
  putValue,
  writtenNumber,
} from './number-text.ts'

/** Where a number may stand that JavaScript does not write as it was. May be mistaken about what is inside a text. */
const odd = /(?:^|[[:,\s])-?(?:\d+\.0+(?!\d)|\d+(?:\.\d+)?[eE]|(?:\d+\.)?\d{16})/

const token = /"(?:[^"\\]|\\.)*"|-?(?:(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|Infinity)|NaN/g

/** Begins a text that stands for a number while the rest is read. */
const mark = '\u0000number:'

/**
 * Reads JSON as Python does: `NaN`, `Infinity` and integers of any size are numbers, and numbers keep their text where
 * JavaScript would write another. Costs no more than `JSON.parse` when there are none. Throws its SyntaxError.
 */
export function parseJson(text: string): JsonValue {
  if (odd.test(text)) return parseMarked(text)
  try {
    return JSON.parse(text) as JsonValue
  } catch (error) {
    if (!/NaN|Infinity/.test(text)) throw error
    return parseMarked(text)
  }
}

function parseMarked(text: string): JsonValue {
  const marked = text.replace(token, (found) => (found.startsWith('"') ? found : markedNumber(found)))
  const holder = { value: JSON.parse(marked) as JsonValue }
  unmark(holder, 'value')
  const { value } = holder
  const whole = numberTextAt(holder, 'value')
  return whole === undefined ? value : writtenNumber(value as number, whole)
}

function markedNumber(found: string): string {
  // JSON has no minus zero that is an integer.
  if (found === '-0') return found
  const text = isFloatText(found) ? floatText(Number(found)) : found
  return isPlainText(text) ? found : JSON.stringify(mark + text)
}

function unmark(holder: object, at: string | number): void {
  const value = (holder as Record<string, unknown>)[at]
  if (typeof value === 'string' && value.startsWith(mark)) {
    const text = value.slice(mark.length)
    putValue(holder, at, writtenNumber(Number(text), text))
    return
  }
  if (Array.isArray(value)) for (let index = 0; index < value.length; index += 1) unmark(value, index)
  else if (typeof value === 'object' && value !== null) {
    for (const key of Object.keys(value)) {
      if (key.startsWith(mark)) throw new SyntaxError(`${key.slice(mark.length)} stands where a key should`)
      unmark(value, key)
    }
  }
}

/** Writes JSON with the texts of its numbers, as Python does. Without any in this process it is `JSON.stringify`. */
export function jsonText(value: unknown, indent = 0): string {
  if (!hasNumberTexts() || typeof value !== 'object') return JSON.stringify(value, null, indent)
  return new Writer(indent).text({ value }, 'value', '\n')
}

class Writer {
  readonly #indent: string
  readonly #colon: string

  constructor(indent: number) {
    this.#indent = ' '.repeat(indent)
    this.#colon = indent === 0 ? ':' : ': '
  }

  text(holder: object, at: string | number, newline: string): string {
    const value = (holder as Record<string, unknown>)[at]
    if (typeof value === 'number') return numberTextAt(holder, at) ?? JSON.stringify(value)
    if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? 'null'
    return Array.isArray(value) ? this.#list(value, newline) : this.#object(value, newline)
  }

  #list(list: readonly unknown[], newline: string): string {
    const inner = newline + this.#indent
    return this.#joined(
      list.map((_, index) => this.text(list, index, inner)),
      '[]',
      newline,
    )
  }

  #object(object: object, newline: string): string {
    const inner = newline + this.#indent
    const members = Object.entries(object).flatMap(([key, value]) =>
      value === undefined ? [] : [`${JSON.stringify(key)}${this.#colon}${this.text(object, key, inner)}`],
    )
    return this.#joined(members, '{}', newline)
  }

  #joined(parts: readonly string[], brackets: string, newline: string): string {
    const [open, close] = brackets
    if (parts.length === 0) return brackets
    if (this.#indent === '') return `${open}${parts.join(',')}${close}`
    const inner = newline + this.#indent
    return `${open}${inner}${parts.join(`,${inner}`)}${newline}${close}`
  }
}
