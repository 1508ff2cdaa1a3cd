import type { JsonValue } from '@squall/contract'

/** A value as Python's `str()` writes it: experiment files rely on `True` and `None`. */
export function pythonText(value: JsonValue): string {
  return typeof value === 'string' ? value : pythonSource(value)
}

function pythonSource(value: JsonValue): string {
  if (value === null) return 'None'
  if (typeof value === 'boolean') return value ? 'True' : 'False'
  if (typeof value === 'number') return numberText(value)
  if (typeof value === 'string') return quoted(value)
  if (Array.isArray(value)) return `[${value.map(pythonSource).join(', ')}]`
  const entries = Object.entries(value).map(([key, each]) => `${quoted(key)}: ${pythonSource(each)}`)
  return `{${entries.join(', ')}}`
}

/** A number as Python writes it: with an exponent below 1e-4 (JavaScript: below 1e-6), of at least two digits. */
export function numberText(value: number): string {
  const small = value !== 0 && Math.abs(value) < 1e-4
  return (small ? value.toExponential() : String(value)).replace(/(?<=e[+-])(?=\d$)/, '0')
}

function quoted(text: string): string {
  const quote = text.includes("'") && !text.includes('"') ? '"' : "'"
  const inner = text.replace(/[\\'"]|\p{C}/gu, (char) => {
    if (char === '\\' || char === quote) return `\\${char}`
    return char === "'" || char === '"' ? char : escapeOf(char)
  })
  return `${quote}${inner}${quote}`
}

function escapeOf(char: string): string {
  const short: Record<string, string> = { '\n': '\\n', '\r': '\\r', '\t': '\\t' }
  const code = char.codePointAt(0) ?? 0
  if (short[char]) return short[char]
  if (code < 0x100) return `\\x${code.toString(16).padStart(2, '0')}`
  return code < 0x10000
    ? `\\u${code.toString(16).padStart(4, '0')}`
    : `\\U${code.toString(16).padStart(8, '0')}`
}
