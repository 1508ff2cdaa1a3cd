import type { JsonValue } from '@squall/contract'
import { numberText } from './python-text.ts'

/** JSON as Python's `json.dumps` writes it: a blank after `,` and `:`, nothing but ASCII. */
export function jsonText(value: JsonValue): string {
  if (Array.isArray(value)) return `[${value.map(jsonText).join(', ')}]`
  if (typeof value === 'object' && value !== null) {
    const entries = Object.entries(value).map(([key, each]) => `${ascii(key)}: ${jsonText(each)}`)
    return `{${entries.join(', ')}}`
  }
  return typeof value === 'number' ? numberText(value) : ascii(value)
}

function ascii(value: string | boolean | null): string {
  return JSON.stringify(value).replace(
    /[\u007f-\uffff]/g,
    (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`,
  )
}
