import { numberTextAt, textOfWritten } from './number-text.ts'

/**
 * Writes a value the way Python's `str()` does. Chaos Toolkit formats values that way when it mixes them into text
 * and when it hands them to a process, so files rely on `True`, `None` and `[1, 'a']` (spec 29.3, 29.8).
 */
export function pythonText(value: unknown): string {
  return typeof value === 'string' ? value : pythonRepr(value, textOfWritten(value))
}

/** The same for the value at a key of an object or a list, where a number may have a text of its own. */
export function pythonTextAt(holder: object, at: string | number): string {
  const value = (holder as Record<string, unknown>)[at]
  return typeof value === 'string' ? value : pythonRepr(value, numberTextAt(holder, at))
}

function pythonRepr(value: unknown, numberText: string | undefined): string {
  if (value === null || value === undefined) return 'None'
  if (value === true) return 'True'
  if (value === false) return 'False'
  if (numberText !== undefined) return numberWords[numberText] ?? numberText
  if (typeof value === 'number') return pythonNumber(value)
  if (typeof value === 'string') return quoted(value)
  if (Array.isArray(value)) return `[${value.map((_, at) => member(value, at)).join(', ')}]`
  const keys = Object.keys(value as object)
  return `{${keys.map((key) => `${quoted(key)}: ${member(value as object, key)}`).join(', ')}}`
}

function member(holder: object, at: string | number): string {
  return pythonRepr((holder as Record<string, unknown>)[at], numberTextAt(holder, at))
}

/** `str()` spells these otherwise than `json.dumps()`. */
const numberWords: Readonly<Record<string, string>> = { NaN: 'nan', Infinity: 'inf', '-Infinity': '-inf' }

function pythonNumber(value: number): string {
  if (!Number.isFinite(value)) return numberWords[String(value)] ?? 'nan'
  // Python changes to exponents below 1e-4, JavaScript below 1e-6.
  if (value === 0 || Math.abs(value) >= 1e-4) return String(value)
  return value.toExponential().replace(/e-(\d)$/, 'e-0$1')
}

const escapes: Readonly<Record<string, string>> = { '\\': '\\\\', '\n': '\\n', '\r': '\\r', '\t': '\\t' }

/** What Python's `repr()` does not print as it is. */
const unprintable = /[\\\p{C}\p{Z}]/gu

function quoted(text: string): string {
  const quote = text.includes("'") && !text.includes('"') ? '"' : "'"
  const escaped = text.replace(unprintable, (character) => escapes[character] ?? codePoint(character))
  return quote + (quote === "'" ? escaped.replaceAll("'", "\\'") : escaped) + quote
}

function codePoint(character: string): string {
  const code = character.codePointAt(0) ?? 0
  if (code === 0x20) return character
  if (code < 0x100) return `\\x${code.toString(16).padStart(2, '0')}`
  return code < 0x10000
    ? `\\u${code.toString(16).padStart(4, '0')}`
    : `\\U${code.toString(16).padStart(8, '0')}`
}
