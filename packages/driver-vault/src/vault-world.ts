import type { JsonObject } from '@squall/contract'

/** One request to a Vault server. */
export interface VaultRequest {
  readonly method: 'GET' | 'POST'
  readonly url: URL
  readonly headers: Readonly<Record<string, string>>
  /** Sent as JSON. */
  readonly body?: JsonObject
  /** Path of a file of authorities to trust in place of the usual ones. */
  readonly authorities?: string | undefined
  readonly signal: AbortSignal
}

export interface VaultAnswer {
  readonly status: number
  /** Where a standby node sends its callers. */
  readonly location: string | undefined
  readonly body: string
}

/** What the driver needs of the system. */
export interface VaultWorld {
  /** Rejects with an error that says in one sentence why there is no answer. */
  request(request: VaultRequest): Promise<VaultAnswer>
  /** Rejects for a file that cannot be read. */
  readText(file: string): Promise<string>
  /** Closes the connections that were kept. */
  close(): Promise<void>
}
