export interface Address {
  readonly host: string
  readonly port: number
}

/** Reads `host:port`, `[::1]:port` or `:port`, which is every address of the machine; null when it is none. */
export function parseAddress(text: string): Address | null {
  const [, bracketed, plain = '', port] = /^(?:\[([^\]]+)\]|([^:]*)):(\d{1,5})$/.exec(text) ?? []
  const number = Number(port)
  if (port === undefined || number > 65_535) return null
  return { host: bracketed ?? plain, port: number }
}

export function addressText({ host, port }: Address): string {
  return host.includes(':') ? `[${host}]:${port}` : `${host}:${port}`
}
