import { isObject, type JsonObject, SquallError } from '@squall/contract'
import { fileTimeOf } from '../events/file-time.ts'
import type { IterationRecord } from '../replay/iteration-record.ts'
import type { StartOptions } from '../service/service-options.ts'
import type { ChaosAnswer, ChaosRequest, SendRequest } from './send-request.ts'
import type { WireEvent, WireHealth, WireRange, WireStatus } from './wire.ts'

export interface ChaosClientOptions {
  /** The server's address, for messages. */
  readonly server: string
  readonly send: SendRequest
  /** What ends the requests under way: their calls then reject with its reason. */
  readonly signal: AbortSignal
  /** Seconds that the server itself may take. @defaultValue 60 */
  readonly timeout?: number
}

/**
 * A client of Service Fabric's Chaos routes (8): of a real cluster as well as of `squall chaos serve`. What carries the
 * requests is handed in. Each call rejects with `SQUALL_CHAOS_SERVER` for every answer but 200.
 */
export class ChaosClient {
  readonly #options: ChaosClientOptions

  constructor(options: ChaosClientOptions) {
    this.#options = options
  }

  async start(parameters: JsonObject): Promise<void> {
    await this.#call('POST', '/Tools/Chaos/$/Start', '6.0', parameters)
  }

  /** What the wire format has no words for is a route of squall's own, which needs the server's token. */
  async startWith(parameters: JsonObject, options: StartOptions): Promise<void> {
    const body = { parameters, options: options as unknown as JsonObject }
    await this.#ask({ method: 'POST', path: '/squall/start', body })
  }

  async stop(): Promise<void> {
    await this.#call('POST', '/Tools/Chaos/$/Stop', '6.0')
  }

  async status(): Promise<WireStatus> {
    return (await this.#call('GET', '/Tools/Chaos', '6.2')) as unknown as WireStatus
  }

  schedule(): Promise<JsonObject> {
    return this.#call('GET', '/Tools/Chaos/Schedule', '6.2')
  }

  async setSchedule(description: JsonObject): Promise<void> {
    await this.#call('POST', '/Tools/Chaos/Schedule', '6.2', description)
  }

  /** The iterations that a server of squall has kept, oldest first; needs its token. */
  async iterations(): Promise<readonly IterationRecord[]> {
    const { iterations } = await this.#ask({ method: 'GET', path: '/squall/iterations' })
    return (iterations ?? []) as unknown as readonly IterationRecord[]
  }

  async health(): Promise<WireHealth> {
    return (await this.#call('GET', '/$/GetClusterHealth', '6.0')) as unknown as WireHealth
  }

  /** Every event of a range, oldest first, page by page. */
  async events({ since, until }: WireRange = {}): Promise<WireEvent[]> {
    const events: WireEvent[] = []
    let query = queryOf({
      StartTimeUtc: since === undefined ? undefined : String(fileTimeOf(since)),
      EndTimeUtc: until === undefined ? undefined : String(fileTimeOf(until) + restOfMillisecond),
    })
    for (;;) {
      const page = await this.#call('GET', '/Tools/Chaos/Events', `6.2${query}`)
      const history = (page['History'] ?? []) as unknown as readonly { readonly ChaosEvent: WireEvent }[]
      events.push(...history.map(({ ChaosEvent }) => ChaosEvent))
      const token = page['ContinuationToken']
      if (typeof token !== 'string' || token === '') return events
      query = queryOf({ ContinuationToken: token })
    }
  }

  #call(method: 'GET' | 'POST', path: string, version: string, body?: JsonObject): Promise<JsonObject> {
    const query = `?api-version=${version}&timeout=${this.#options.timeout ?? 60}`
    return this.#ask({ method, path: `${path}${query}`, ...(body && { body }) })
  }

  async #ask(request: ChaosRequest): Promise<JsonObject> {
    const { status, text } = await this.#sent(request)
    const body = jsonIn(text)
    if (status === 200) return isObject(body) ? (body as JsonObject) : {}
    const reason = errorIn(body) ?? `status ${status}`
    throw new SquallError('SQUALL_CHAOS_SERVER', { server: this.#options.server, reason })
  }

  /** What brings no answer is an error of the server's, in words. */
  async #sent(request: ChaosRequest): Promise<ChaosAnswer> {
    const { server, send, signal } = this.#options
    signal.throwIfAborted()
    try {
      return await send(request)
    } catch (cause) {
      signal.throwIfAborted()
      const reason = `nothing (${reasonOf(cause)})`
      throw new SquallError('SQUALL_CHAOS_SERVER', { server, reason }, { cause })
    }
  }
}

function reasonOf(error: unknown): string {
  if (error instanceof AggregateError && error.message === '') return error.errors.map(reasonOf).join(', ')
  return error instanceof Error ? error.message : String(error)
}

/** The wire shows milliseconds, so the last one is meant whole: it may hold several events. */
const restOfMillisecond = 9_999n

function queryOf(parts: Readonly<Record<string, string | undefined>>): string {
  return Object.entries(parts)
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => `&${name}=${encodeURIComponent(value ?? '')}`)
    .join('')
}

/** `(Code) Message`, as the official client shows it (8.3). */
function errorIn(body: unknown): string | undefined {
  const error = isObject(body) ? body['Error'] : undefined
  if (!isObject(error)) return undefined
  return `(${String(error['Code'])}) ${String(error['Message'])}`.replace(/\.$/, '')
}

function jsonIn(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    // An empty body, which the true service sends for what has no result, or a server of something else.
    return undefined
  }
}
