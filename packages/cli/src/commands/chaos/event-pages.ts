import { type JsonObject, SquallError } from '@squall/contract'
import type { ServerClient } from './server-client.ts'

/** An event as the wire has it. */
export interface WireEvent {
  readonly Kind: string
  readonly TimeStampUtc: string
  readonly Reason?: string
  readonly Faults?: readonly string[]
  readonly ChaosParameters?: JsonObject
}

export interface PageOptions {
  readonly since?: string
  readonly until?: string
}

/** Windows file time, 100 ns ticks since 1601, of a Unix time in milliseconds. */
function fileTime(milliseconds: number): bigint {
  return BigInt(Math.trunc(milliseconds)) * 10_000n + 116_444_736_000_000_000n
}

/** The range of a query. Throws `SQUALL_USAGE` for a text that is no time. */
export function rangeOf({ since, until }: PageOptions): string {
  const part = (name: string, option: string, text: string | undefined): string => {
    if (text === undefined) return ''
    const ms = Date.parse(text)
    if (Number.isNaN(ms))
      throw new SquallError('SQUALL_USAGE', { reason: `${option} takes a time in ISO 8601, not '${text}'.` })
    return `&${name}=${fileTime(ms)}`
  }
  return part('StartTimeUtc', '--since', since) + part('EndTimeUtc', '--until', until)
}

/** Every event of a range, page by page. */
export async function* eventPages(client: ServerClient, range: string): AsyncGenerator<readonly WireEvent[]> {
  for (let query = range; ; ) {
    const page = await client.get(`/Tools/Chaos/Events?api-version=6.2${query}`)
    const history = page['History'] as unknown as readonly { readonly ChaosEvent: WireEvent }[]
    yield history.map(({ ChaosEvent }) => ChaosEvent)
    const token = page['ContinuationToken']
    if (typeof token !== 'string' || token === '') return
    query = `&ContinuationToken=${encodeURIComponent(token)}`
  }
}
