import { isObject, type JsonObject, type JsonValue, jsonText, type NotificationEvent } from '@squall/contract'
import { textOf } from '../configuration/text-of.ts'
import type { NotifyOptions } from './notification.ts'

/** Sends an event as JSON, or with `forward_event_payload: false` only asks the URL. Rejects when that is not answered well. */
export async function notifyHttp(
  channel: JsonObject,
  event: NotificationEvent,
  signal: AbortSignal,
  { fetch: verified, fetchUnverified }: Pick<NotifyOptions, 'fetch' | 'fetchUnverified'>,
): Promise<void> {
  const { url, verify_tls: verifies, forward_event_payload: forwards } = channel
  if (typeof url !== 'string') throw new TypeError('it has no url')
  const send = verifies === false ? (fetchUnverified ?? verified) : verified
  const headers = headersOf(channel['headers'])
  const request: RequestInit =
    forwards === false
      ? { method: 'GET', headers, signal }
      : {
          method: 'POST',
          headers: { 'content-type': 'application/json', ...headers },
          body: jsonText(event as unknown as JsonValue),
          signal,
        }
  const answer = await send(url, request)
  // Whoever leaves an answer unread keeps its connection open.
  await answer.arrayBuffer()
  if (answer.status > 399) throw new Error(`it answered with status ${answer.status}`)
}

function headersOf(declared: JsonValue | undefined): Record<string, string> {
  if (!isObject(declared)) return {}
  return Object.fromEntries(
    Object.entries(declared).map(([name, value]) => [name.toLowerCase(), textOf(value)]),
  )
}
