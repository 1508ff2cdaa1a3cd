import type { ProcessIdentity } from '@squall/contract'

/** Knows which sockets listen for TCP connections, and which processes hold them. */
export interface PortTable {
  /**
   * Lists what listens on the given ports. A socket that several processes share gives one row for each of them; a
   * socket whose processes this user cannot see gives one row with `holder: null`. Clients never appear.
   */
  listeners(query: PortQuery): Promise<readonly Listener[]>
}

/** Which listeners are asked for. */
export interface PortQuery {
  readonly ports: readonly number[]
  /** `all` looks into the other network namespaces of this machine as well. Only Linux has any. */
  readonly namespaces: 'own' | 'all'
}

/** One listening socket in one process. */
export interface Listener {
  readonly port: number
  /** `127.0.0.1`, `0.0.0.0`, `::1`, `::`. */
  readonly address: string
  readonly family: 'IPv4' | 'IPv6'
  /** The process as it was when it held the socket; null when it cannot be seen. */
  readonly holder: ProcessIdentity | null
  /** User id of the socket's owner; null where the system does not tell. */
  readonly uid: number | null
  /** Name of the network namespace when it is not the one squall runs in. */
  readonly namespace: string | null
}

/** The address and port as people write them: `127.0.0.1:8080`, `[::1]:8080`. */
export function endpointText({ address, port }: { readonly address: string; readonly port: number }): string {
  return address.includes(':') ? `[${address}]:${port}` : `${address}:${port}`
}
