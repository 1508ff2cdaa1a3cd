import type { Transport } from './transport.ts'

/** What the driver needs of the machine. */
export interface HttpWorld {
  /** Environment variables: proxies, `NETRC`, `HOME`, `REQUESTS_CA_BUNDLE` and `CURL_CA_BUNDLE` are read. */
  readonly environment: Readonly<Record<string, string | undefined>>
  /** How the driver names itself to servers. */
  readonly userAgent: string
  readonly transport: Transport
}
