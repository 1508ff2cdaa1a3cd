/**
 * Regular expressions, one for each part of a value, that together find it in a text: as it is, URL-encoded in any of the
 * usual ways, escaped for JSON or a shell, and with its white space changed, as where a message was put on one line or a shell split it.
 */
export function textPattern(value: string): string[] {
  const parts = value.match(/\s+|\S/gu) ?? []
  return parts.map((part) => (/\s/.test(part) ? whiteSpace : characterPattern(part)))
}

const whiteSpace = String.raw`(?:\s|\\+(?:[nrtf]|u00(?:20|09|0[aAdD]))|%(?:20|09|0[aAdD])|\+)*`

function characterPattern(character: string): string {
  if (/[a-z0-9]/i.test(character)) return character
  const percent = [...new TextEncoder().encode(character)].map((byte) => `%${anyCase(hex(byte, 2))}`).join('')
  const units = [...Array(character.length).keys()].map((at) => hex(character.charCodeAt(at), 4))
  const escaped = units.map((unit) => String.raw`\\+u${anyCase(unit)}`).join('')
  // The code of a percent sign begins with one.
  return `(?:${percent}|${escaped}|${plain(character)})`
}

/** Encoders put a backslash before quotes and slashes, and one more for each time a text is encoded. */
function plain(character: string): string {
  if (character === '\\') return String.raw`\\+`
  return character.length > 1 || character > '\u007f'
    ? character
    : String.raw`\\*\x${hex(character.charCodeAt(0), 2)}`
}

function hex(code: number, digits: number): string {
  return code.toString(16).padStart(digits, '0')
}

/** Encoders write hexadecimal digits in either case. */
function anyCase(digits: string): string {
  return digits.replace(/[a-f]/g, (digit) => `[${digit}${digit.toUpperCase()}]`)
}
