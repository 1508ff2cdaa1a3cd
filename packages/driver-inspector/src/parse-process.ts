/** What the texts of `/proc/PID` tell of a Node.js process. */

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
