import os from 'node:os'

/** What the journal says about this machine. */
export function machineFacts(): { platform: string; node: string } {
  return { platform: `${os.type()}-${os.release()}-${os.machine()}`, node: os.hostname() }
}
