import type { JsonValue } from './json.ts'

/**
 * How the numbers of an object or a list are written, by key, where that is not how JavaScript would: `1.0`, integers
 * of any size, `NaN` and `Infinity` are kept as Chaos Toolkit keeps them (spec 29.2). The values themselves are plain
 * numbers, so nobody who computes with them has to know. A symbol that every copy of this package shares, and that
 * `{...spread}` takes along.
 */
const key = Symbol.for('squall.number-texts')

type Texts = Record<string, string>
type Holder = { [key]?: Texts }

let isAnyKept = false

/** Whether any number of this process has a text of its own; until then nothing needs to be looked for. */
export function hasNumberTexts(): boolean {
  return isAnyKept
}

/** The text of the number at a key of an object or a list, where JavaScript would write it differently. */
export function numberTextAt(holder: object, at: string | number): string | undefined {
  const texts = (holder as Holder)[key]
  const text = texts !== undefined && Object.hasOwn(texts, at) ? texts[at] : undefined
  // Somebody may have put another value there since.
  const isCurrent = text !== undefined && Object.is(Number(text), (holder as Record<string, unknown>)[at])
  return isCurrent ? text : undefined
}

/** Keeps the text of the number that stands at a key. */
export function keepNumberText(holder: object, at: string | number, text: string): void {
  isAnyKept = true
  const texts = (holder as Holder)[key]
  Object.defineProperty(holder, key, {
    // A copy made by spreading shares the table of its original.
    value: { ...texts, [at]: text },
    enumerable: true,
    configurable: true,
    writable: true,
  })
}

/** Takes the texts of the numbers along to a copy with the same keys. */
export function copyNumberTexts(from: object, to: object): void {
  const texts = (from as Holder)[key]
  if (texts === undefined) return
  isAnyKept = true
  Object.defineProperty(to, key, { value: texts, enumerable: true, configurable: true, writable: true })
}

/** A number together with its text, for handing it on where there is no object to hold it. Unpack it with `putValue`. */
class WrittenNumber {
  readonly value: number
  readonly text: string

  constructor(value: number, text: string) {
    this.value = value
    this.text = text
  }

  /** For what writes it as a key. */
  toString(): string {
    return this.text
  }

  get [Symbol.toStringTag](): string {
    return 'Number'
  }
}

const written = Symbol.for('squall.written-number')
Object.defineProperty(WrittenNumber.prototype, written, { value: true })

function isWritten(value: unknown): value is WrittenNumber {
  return typeof value === 'object' && value !== null && written in value
}

/** A number as a value to hand on: itself, or with its text where JavaScript would write another number. */
export function writtenNumber(value: number, text: string): JsonValue {
  return isPlainText(text) ? value : (new WrittenNumber(value, text) as unknown as JsonValue)
}

/** Whether JavaScript, too, writes the number of this text as the same integer, or as a number with a fraction. */
export function isPlainText(text: string): boolean {
  const plain = JSON.stringify(Number(text))
  return text === plain || (isFloatText(text) && isFloatText(plain))
}

/** The value at a key, with the text of its number if it has one: to be handed on to `putValue`. */
export function valueAt(holder: object, at: string | number): JsonValue {
  const value = (holder as Record<string, JsonValue>)[at] as JsonValue
  const text = numberTextAt(holder, at)
  return text === undefined ? value : writtenNumber(value as number, text)
}

/** Puts a value at a key; a number that comes with its text keeps it there. */
export function putValue(holder: object, at: string | number, value: JsonValue): void {
  const plain = plainValue(value)
  if (at === '__proto__') {
    // An assignment would set the prototype.
    Object.defineProperty(holder, at, { value: plain, enumerable: true, configurable: true, writable: true })
    return
  }
  ;(holder as Record<string, JsonValue>)[at] = plain
  if (isWritten(value)) keepNumberText(holder, at, value.text)
}

/** A value without the text of its number. */
export function plainValue(value: JsonValue): JsonValue {
  return isWritten(value) ? value.value : value
}

/** The text of a number that was handed on with it. */
export function textOfWritten(value: unknown): string | undefined {
  return isWritten(value) ? value.text : undefined
}

/** An object made of entries whose numbers may come with their texts. */
export function objectOfEntries(entries: Iterable<readonly [string, JsonValue]>): Record<string, JsonValue> {
  const object: Record<string, JsonValue> = {}
  for (const [name, value] of entries) putValue(object, name, value)
  return object
}

/** How Python writes a number with a fraction: `1.0`, `1e-05`, `1e+16`; as JSON, so `NaN` and `Infinity`. */
export function floatText(value: number): string {
  if (!Number.isFinite(value)) return String(value)
  if (value === 0) return Object.is(value, -0) ? '-0.0' : '0.0'
  const size = Math.abs(value)
  if (size < 1e-4 || size >= 1e16) return value.toExponential().replace(/e([+-])(\d)$/, 'e$10$2')
  return Number.isInteger(value) ? `${value}.0` : String(value)
}

/** Whether a number of this text is one with a fraction to Python, such as `1.0`. */
export function isFloatText(text: string): boolean {
  return /[.eE]|NaN|Infinity/.test(text)
}
