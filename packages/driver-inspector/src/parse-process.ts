/** What the texts of `/proc/PID` tell. */

export interface ProcStat {
  readonly parent: number
  /** Clock ticks from the start of the machine to that of the process. */
  readonly startTicks: string
  readonly isStopped: boolean
  readonly isEnded: boolean
}

/** Reads `/proc/PID/stat`; null when the text is not one. */
export function parseStat(text: string): ProcStat | null {
  // A program's name may hold anything, parentheses and spaces too: it ends at the last one.
  const close = text.lastIndexOf(')')
  const fields = text.slice(close + 2).split(' ')
  // Numbered as in proc(5), where the state is field 3.
  const field = (number: number): string => fields[number - 3] ?? ''
  if (close < 0 || !/^\d+$/.test(field(22))) return null
  return {
    parent: Number(field(4)),
    startTicks: field(22),
    isStopped: field(3) === 'T',
    isEnded: ['Z', 'X', 'x'].includes(field(3)),
  }
}

const wakeSignalBit = 1n << 9n

/** Whether `/proc/PID/status` shows a handler for SIGUSR1 (signal 10). */
export function handlesWake(status: string): boolean {
  const [, caught] = /^SigCgt:\t([0-9a-f]+)$/m.exec(status) ?? []
  return caught !== undefined && (BigInt(`0x${caught}`) & wakeSignalBit) !== 0n
}

const defaultDebugPort = 9229

/** The port on which Node.js opens its inspector, by its command line and then by its NODE_OPTIONS. */
export function debugPortOf(args: readonly string[], nodeOptions: string): number {
  for (const option of [...args, ...nodeOptions.split(/\s+/)]) {
    const [, port] = /^--(?:inspect(?:-port|-brk|-wait)?|debug-port)=(?:.*:)?(\d+)$/.exec(option) ?? []
    if (port !== undefined) return Number(port)
  }
  return defaultDebugPort
}

/** Rows of `/proc/net/tcp` and `tcp6` in state LISTEN. */
export function parseListening(text: string): { address: string; port: number; inode: string }[] {
  return text.split('\n').flatMap((row) => {
    const [, local = '', , state, , , , , , inode = ''] = row.trim().split(/\s+/)
    const [host = '', port = ''] = local.split(':')
    if (state !== '0A') return []
    return [{ address: addressOf(host), port: Number.parseInt(port, 16), inode }]
  })
}

/** Addresses stand there as hexadecimal words in the byte order of the machine. */
function addressOf(hex: string): string {
  const bytes = (hex.match(/.{8}/g) ?? []).flatMap((word) => (word.match(/../g) ?? []).reverse())
  if (bytes.length === 4) return bytes.map((byte) => Number.parseInt(byte, 16)).join('.')
  return bytes.join('') === `${'0'.repeat(31)}1` ? '::1' : bytes.join('').replace(/(.{4})(?=.)/g, '$1:')
}
