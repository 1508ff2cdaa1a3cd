import { isUtf8 } from 'node:buffer'

/**
 * The text of a body. A charset that the content type names is believed; without one it is UTF-8 if it can be, else
 * Latin-1, in which every byte is a letter.
 */
export function bodyText(body: Uint8Array, contentType = ''): string {
  const bytes = Buffer.from(body.buffer, body.byteOffset, body.byteLength)
  const charset = charsetOf(contentType)
  if (charset === undefined) return bytes.toString(isUtf8(bytes) ? 'utf8' : 'latin1')
  // The decoder of the web reads windows-1252 for all names of Latin-1.
  if (/^(iso-?8859-?1|latin-?1|l1|cp819)$/i.test(charset)) return bytes.toString('latin1')
  return decoded(bytes, charset)
}

function charsetOf(contentType: string): string | undefined {
  const [, charset] = /;\s*charset\s*=\s*["']?([^"';\s]*)/i.exec(contentType) ?? []
  return charset || undefined
}

function decoded(bytes: Uint8Array, charset: string): string {
  try {
    return new TextDecoder(charset, { ignoreBOM: true }).decode(bytes)
  } catch {
    // Nobody knows that charset; UTF-8 is the best guess.
    return new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes)
  }
}
