import { isObject, type JsonValue, numberTextAt, pythonText } from '@squall/contract'

/** JSON as Python's `json.dumps` writes it: a blank after `,` and `:`, nothing but ASCII. */
export function jsonText(value: JsonValue): string {
  return textAt({ value }, 'value')
}

function textAt(holder: object, at: string | number): string {
  const value = (holder as Record<string, JsonValue>)[at] as JsonValue
  if (Array.isArray(value)) return `[${value.map((_, index) => textAt(value, index)).join(', ')}]`
  if (isObject(value)) {
    const members = Object.keys(value).map((key) => `${ascii(key)}: ${textAt(value, key)}`)
    return `{${members.join(', ')}}`
  }
  return typeof value === 'number' ? (numberTextAt(holder, at) ?? pythonText(value)) : ascii(value)
}

function ascii(value: JsonValue): string {
  return JSON.stringify(value).replace(
    /[\u007f-\uffff]/g,
    (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`,
  )
}
