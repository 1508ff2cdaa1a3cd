import { isUtf8 } from 'node:buffer'

/**
 * Text of unknown encoding. What is valid UTF-8 is read as UTF-8, a UTF-16 byte order mark is believed, anything else
 * is Latin-1, in which every byte is a letter: decoding never fails.
 */
export function decodeText(bytes: Uint8Array): string {
  if (isUtf8(bytes)) return new TextDecoder().decode(bytes)
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return new TextDecoder('utf-16le').decode(bytes)
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return new TextDecoder('utf-16be').decode(bytes)
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1')
}
