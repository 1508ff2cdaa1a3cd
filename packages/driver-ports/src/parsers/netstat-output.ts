/** A row of Windows' `netstat -ano`: one listening socket. */
export interface NetstatListener {
  readonly pid: number
  readonly port: number
  readonly address: string
  readonly family: 'IPv4' | 'IPv6'
}

// A listener is known by its remote side, which is port 0: the word for its state is translated on some systems.
const listening = /^\s*TCP\s+(\S+):(\d+)\s+(?:0\.0\.0\.0|\[::\]):0\s+\S.*?\s(\d+)\s*$/gm

/** Reads the listeners out of the output of Windows' `netstat -ano`. Not verified on a real system. */
export function parseNetstatOutput(text: string): NetstatListener[] {
  return [...text.matchAll(listening)].map(([, host = '', port = '', pid = '']) => ({
    pid: Number(pid),
    port: Number(port),
    address: host.replace(/^\[|\]$/g, ''),
    family: host.startsWith('[') ? 'IPv6' : 'IPv4',
  }))
}
