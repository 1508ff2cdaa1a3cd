import { promisify } from 'node:util'
import { loadZlib } from './host/zlib.ts'

type Unpacker = (bytes: Uint8Array) => Promise<Uint8Array>

// A body that ends early is read as far as it goes.
const lenient = () => ({ finishFlush: loadZlib().constants.Z_SYNC_FLUSH })
const gunzip: Unpacker = (bytes) => promisify(loadZlib().gunzip)(bytes, lenient())
const inflate: Unpacker = (bytes) => promisify(loadZlib().inflate)(bytes, lenient())
const inflateRaw: Unpacker = (bytes) => promisify(loadZlib().inflateRaw)(bytes, lenient())
const brotli: Unpacker = (bytes) => promisify(loadZlib().brotliDecompress)(bytes)

const unpackers: Readonly<Record<string, Unpacker>> = {
  gzip: gunzip,
  'x-gzip': gunzip,
  // Some servers leave out the zlib wrapping that the standard asks for.
  deflate: (bytes) => (((bytes[0] ?? 0) & 0x0f) === 8 ? inflate(bytes) : inflateRaw(bytes)),
  br: brotli,
}

/** Undoes the content encodings of a body, the last one first. Unknown ones are left alone. */
export async function unpack(body: Uint8Array, contentEncoding = ''): Promise<Uint8Array> {
  const names = contentEncoding.split(',').map((name) => name.trim().toLowerCase())
  let bytes = body
  for (const name of names.reverse()) {
    const unpacker = unpackers[name]
    if (!unpacker || bytes.length === 0) continue
    try {
      bytes = await unpacker(bytes)
    } catch (cause) {
      throw new Error(`The answer says it is packed with ${name}, but cannot be unpacked.`, { cause })
    }
  }
  return bytes
}
