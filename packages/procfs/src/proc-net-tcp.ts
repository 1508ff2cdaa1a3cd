/** A listening socket as a table of the Linux kernel shows it. */
export interface ListeningSocket {
  readonly port: number
  readonly address: string
  readonly family: 'IPv4' | 'IPv6'
  /** Number by which the file descriptors of its holders refer to it. */
  readonly inode: string
  readonly uid: number
}

/** Bytes of the addresses stand in the order of the processor. */
export type Endianness = 'LE' | 'BE'

// Columns: slot, local address:port, remote address:port, state (0A is LISTEN), queues, timer, retransmits, uid,
// timeout, inode.
const listening =
  /^ *\d+: ([\dA-F]{8}|[\dA-F]{32}):([\dA-F]{4}) [\dA-F]+:[\dA-F]{4} 0A \S+ \S+ \S+ +(\d+) +\d+ (\d+)/gm

/** Reads the listening sockets out of `/proc/net/tcp` or `/proc/net/tcp6`. */
export function parseProcNetTcp(text: string, endianness: Endianness): ListeningSocket[] {
  const sockets: ListeningSocket[] = []
  for (const [, hexAddress = '', hexPort = '', uid = '', inode = ''] of text.matchAll(listening)) {
    const bytes = addressBytes(hexAddress, endianness)
    sockets.push({
      port: Number.parseInt(hexPort, 16),
      address: bytes.length === 4 ? bytes.join('.') : ipv6Text(bytes),
      family: bytes.length === 4 ? 'IPv4' : 'IPv6',
      inode,
      uid: Number(uid),
    })
  }
  return sockets
}

function addressBytes(hex: string, endianness: Endianness): number[] {
  const bytes = [...Buffer.from(hex, 'hex')]
  if (endianness === 'BE') return bytes
  // Words of four bytes each; the words themselves stand in their order.
  return bytes.map((_, index) => bytes[index - (index % 4) + 3 - (index % 4)] ?? 0)
}

function ipv6Text(bytes: readonly number[]): string {
  const mapped = bytes.slice(0, 10).every((byte) => byte === 0) && bytes[10] === 255 && bytes[11] === 255
  if (mapped) return `::ffff:${bytes.slice(12).join('.')}`
  const groups = Array.from({ length: 8 }, (_, index) => groupAt(bytes, index)).join(':')
  // The URL parser knows how IPv6 addresses are shortened.
  return new URL(`http://[${groups}]`).hostname.slice(1, -1)
}

function groupAt(bytes: readonly number[], index: number): string {
  return (((bytes[index * 2] ?? 0) << 8) | (bytes[index * 2 + 1] ?? 0)).toString(16)
}
