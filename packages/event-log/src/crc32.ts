let table: Int32Array | undefined

/** Made when it is first needed: a start that writes no log spares half a millisecond. */
function makeTable(): Int32Array {
  return Int32Array.from({ length: 256 }, (_, byte) => {
    let crc = byte
    for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? (crc >>> 1) ^ 0xedb88320 : crc >>> 1
    return crc
  })
}

/**
 * CRC-32 (as in gzip) of `bytes[start..end)`, as 8 hex digits. Written out here because loading node:zlib costs every
 * start 2 to 3 ms, while for lines of some hundred bytes both are equally quick.
 */
export function crc32Hex(bytes: Uint8Array, start: number, end: number): string {
  table ??= makeTable()
  let crc = -1
  for (let at = start; at < end; at++)
    crc = (crc >>> 8) ^ (table[(crc ^ (bytes[at] as number)) & 0xff] as number)
  return (((crc ^ -1) >>> 0) + 0x1_0000_0000).toString(16).slice(1)
}
