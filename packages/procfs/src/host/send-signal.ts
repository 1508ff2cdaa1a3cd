/** What became of a signal. `gone`: that very process is no more, even when its pid is in use again. */
export type SignalDelivery = 'sent' | 'gone' | 'not permitted'

/** Sends a signal to whatever process has this pid now, on any system. */
export function sendSignal(pid: number, signal: NodeJS.Signals): SignalDelivery {
  try {
    process.kill(pid, signal)
    return 'sent'
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (code === 'ESRCH') return 'gone'
    if (code === 'EPERM') return 'not permitted'
    throw error
  }
}
