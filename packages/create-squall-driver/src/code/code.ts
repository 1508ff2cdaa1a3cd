/** A piece of TypeScript: a text, or parts between brackets that stand on one line or on a line each. */
export type Code = string | CodeGroup

export interface CodeGroup {
  readonly open: string
  readonly parts: readonly Code[]
  readonly close: string
  /** Whether there are spaces within the brackets. */
  readonly isObject: boolean
  /** Stands on several lines, whether it fits on one or not. */
  readonly isBroken?: boolean
}

const width = 110

/** `name(argument)`; the brackets of an only argument stand directly within those of the call. */
export function call(name: string, ...parts: readonly Code[]): Code {
  const [only] = parts
  if (parts.length !== 1 || only === undefined)
    return { open: `${name}(`, parts, close: ')', isObject: false }
  if (typeof only === 'string') return `${name}(${only})`
  return { ...only, open: `${name}(${only.open}`, close: `${only.close})` }
}

export function object(members: readonly (readonly [key: string, value: Code])[]): Code {
  if (members.length === 0) return '{}'
  return { open: '{', parts: members.map(([key, value]) => member(key, value)), close: '}', isObject: true }
}

export function list(parts: readonly Code[]): Code {
  return parts.length === 0 ? '[]' : { open: '[', parts, close: ']', isObject: false }
}

/** Appends a text, such as `.optional()`. */
export function after(code: Code, text: string): Code {
  return typeof code === 'string' ? code + text : { ...code, close: code.close + text }
}

/** Puts a text in front, such as `export const pet = `. */
export function before(text: string, code: Code): Code {
  return typeof code === 'string' ? text + code : { ...code, open: text + code.open }
}

/** A JSON value. */
export function literal(value: unknown): Code {
  if (Array.isArray(value)) return list(value.map(literal))
  if (typeof value === 'object' && value !== null) {
    return object(Object.entries(value).map(([key, each]) => [key, literal(each)]))
  }
  return typeof value === 'string' ? quoted(value) : JSON.stringify(value ?? null)
}

/** In single quotes, unless that takes more escapes. */
export function quoted(text: string): string {
  const json = JSON.stringify(text).replaceAll('\u2028', '\\u2028').replaceAll('\u2029', '\\u2029')
  if (text.includes("'") && !text.includes('"')) return json
  return `'${json.slice(1, -1).replaceAll('\\"', '"').replaceAll("'", "\\'")}'`
}

/** On one line where it fits; `indent` counts spaces. `taken` is what else has to fit on that line. */
export function print(code: Code, indent = 0, taken = 0): string {
  const flat = flatten(code)
  const isFlat = typeof code === 'string' || (!code.isBroken && indent + flat.length + taken <= width)
  if (isFlat) return flat
  const inside = ' '.repeat(indent + 2)
  const lines = code.parts.map((part) => `${inside}${print(part, indent + 2, 1)},\n`)
  return `${code.open}\n${lines.join('')}${' '.repeat(indent)}${code.close}`
}

function flatten(code: Code): string {
  if (typeof code === 'string') return code
  const parts = code.parts.map(flatten).join(', ')
  const space = code.isObject && parts !== '' ? ' ' : ''
  return `${code.open}${space}${parts}${space}${code.close}`
}

function member(key: string, value: Code): Code {
  return before(`${propertyName(key)}: `, value)
}

/** Of an object literal. `__proto__` would be none, so it is computed. */
export function propertyName(key: string): string {
  if (key === '__proto__') return "['__proto__']"
  return /^(?:[A-Za-z_$][\w$]*|[1-9]\d{0,8})$/.test(key) ? key : quoted(key)
}
