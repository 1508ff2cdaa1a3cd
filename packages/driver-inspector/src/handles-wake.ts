const wakeSignalBit = 1n << 9n

/** Whether `/proc/PID/status` shows a handler for SIGUSR1 (signal 10). */
export function handlesWake(status: string): boolean {
  const [, caught] = /^SigCgt:\t([0-9a-f]+)$/m.exec(status) ?? []
  return caught !== undefined && (BigInt(`0x${caught}`) & wakeSignalBit) !== 0n
}
