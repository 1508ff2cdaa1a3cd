import {
  type Clock,
  isObject,
  type JsonObject,
  type JsonValue,
  type NotificationEvent,
} from '@squall/contract'
import { systemClock } from '../host/clock.ts'
import { reasonOf } from '../run/exception-lines.ts'
import { copyJson } from '../run/json-result.ts'
import { orAbandon } from '../run/or-abandon.ts'
import { withinTime } from '../run/within-time.ts'
import type { Notification, NotificationName, NotifyOptions } from './notification.ts'
import { notifyHttp } from './notify-http.ts'

/** How long a channel may take: 2 s to connect and 5 s to answer. */
const limitSeconds = 7

/** Tells every channel that wants to know, one after the other. Never rejects. */
export async function tellChannels(
  channels: readonly JsonValue[],
  name: NotificationName,
  { payload, error }: Notification,
  options: NotifyOptions,
): Promise<void> {
  const { clock = systemClock } = options
  const event: NotificationEvent = {
    name,
    payload,
    phase: name.slice(0, name.indexOf('-')) as NotificationEvent['phase'],
    ts: clock.now() / 1000,
    ...(error === undefined ? {} : { error: errorText(error) }),
  }
  for (const channel of channels) {
    if (!isObject(channel) || !isWanted(channel as JsonObject, name)) continue
    await tell(channel as JsonObject, event, options, clock).catch((failure: unknown) =>
      options.onFailure?.(
        `The channel '${String(channel['type'])}' was not told of ${name}: ${reasonOf(failure)}.`,
      ),
    )
  }
}

function isWanted({ events }: JsonObject, name: string): boolean {
  return !Array.isArray(events) || events.length === 0 || events.includes(name)
}

async function tell(
  channel: JsonObject,
  event: NotificationEvent,
  options: NotifyOptions,
  clock: Clock,
): Promise<void> {
  const { signal } = new AbortController()
  await withinTime(limitSeconds, signal, clock, (over) =>
    orAbandon(serve(channel, event, options, { signal: over, clock }), over, clock),
  )
}

async function serve(
  channel: JsonObject,
  event: NotificationEvent,
  options: NotifyOptions,
  { signal }: { readonly signal: AbortSignal; readonly clock: Clock },
): Promise<void> {
  if (channel['type'] === 'http') return notifyHttp(channel, event, signal, options)
  const { registry, directory, onFailure } = options
  const { from, notifier } = await registry.resolveNotifier(channel)
  const say = (message: string): void => onFailure?.(message)
  const log = { debug: say, info: say, warn: say }
  const context = { directory, signal, log, options: registry.optionsOf(from) }
  await notifier.notify(copyJson(channel), copyJson(event as unknown as JsonObject) as never, context)
}

/** In the words of the reference's encoder. */
function errorText(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  return `An exception was raised: ${error.name}('${error.message}')`
}
