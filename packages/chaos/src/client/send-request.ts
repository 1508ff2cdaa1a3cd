import type { JsonObject } from '@squall/contract'

/** A request to a server with Service Fabric's Chaos routes. */
export interface ChaosRequest {
  readonly method: 'GET' | 'POST'
  /** With its query. */
  readonly path: string
  /** Sent as JSON. */
  readonly body?: JsonObject
}

export interface ChaosAnswer {
  readonly status: number
  readonly text: string
}

/** Sends one request. Rejects with an error that says in one sentence why there is no answer. */
export type SendRequest = (request: ChaosRequest) => Promise<ChaosAnswer>
