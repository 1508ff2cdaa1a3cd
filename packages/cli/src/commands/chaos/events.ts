import { systemClock } from '@squall/core'
import { untilInterrupted } from '../../host/until-interrupted.ts'
import { type Paint, safe } from '../../terminal/paint.ts'
import type { CommandContext } from '../command-context.ts'
import type { ServerOptions } from './chaos-options.ts'
import { eventPages, type PageOptions, rangeOf, type WireEvent } from './event-pages.ts'
import { ServerClient } from './server-client.ts'

export interface EventsOptions extends ServerOptions, PageOptions {
  readonly follow?: boolean
  readonly json?: boolean
}

/** Milliseconds between two looks for new events. */
const lookEveryMs = 1_000

/** `squall chaos events [--follow]`. */
export async function eventsCommand(options: EventsOptions, context: CommandContext): Promise<number> {
  const { terminal, paint } = context
  const client = new ServerClient(options.server)
  const interrupted = untilInterrupted()
  let shown = new Set<string>()
  let since = options.since
  for (;;) {
    const range = rangeOf({ ...options, ...(since === undefined ? {} : { since }) })
    const events: WireEvent[] = []
    for await (const page of eventPages(client, range)) events.push(...page)
    for (const event of events) {
      if (shown.has(JSON.stringify(event))) continue
      terminal.out(options.json ? `${JSON.stringify(event)}\n` : eventText(event, paint))
    }
    if (!options.follow) return 0
    // The latest millisecond is asked for again: more may have happened in it.
    since = events.at(-1)?.TimeStampUtc ?? since
    shown = new Set(
      events.filter(({ TimeStampUtc }) => TimeStampUtc === since).map((event) => JSON.stringify(event)),
    )
    await systemClock.sleep(lookEveryMs, interrupted.signal).catch(() => undefined)
    if (interrupted.signal.aborted) return 0
  }
}

function eventText({ Kind, TimeStampUtc, Reason, Faults }: WireEvent, paint: Paint): string {
  const faults = Faults?.length === 0 ? 'none' : (Faults ?? []).join('; ')
  const style = Kind === 'ValidationFailed' || Kind === 'TestError' ? 'red' : 'bold'
  return `${paint('dim', TimeStampUtc)} ${paint(style, Kind)} ${safe(Reason ?? faults)}`
    .trimEnd()
    .concat('\n')
}
