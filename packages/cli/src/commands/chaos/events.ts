import { systemClock } from '@squall/core'
import type { WireEvent } from '../../chaos-parts.ts'
import { untilInterrupted } from '../../host/until-interrupted.ts'
import { type Paint, safe } from '../../terminal/paint.ts'
import type { CommandContext } from '../command-context.ts'
import { chaosClient } from './chaos-client.ts'
import type { ServerOptions } from './chaos-options.ts'
import { type RangeOptions, rangeOf } from './event-range.ts'

export interface EventsOptions extends ServerOptions, RangeOptions {
  readonly follow?: boolean
  readonly json?: boolean
}

/** Milliseconds between two looks for new events. */
const lookEveryMs = 1_000

/** `squall chaos events [--follow]`. */
export async function eventsCommand(options: EventsOptions, context: CommandContext): Promise<number> {
  const { terminal, paint } = context
  const interrupted = untilInterrupted()
  const client = await chaosClient(options.server)
  let shown = new Set<string>()
  let since = options.since
  for (;;) {
    const events = await client.events(rangeOf({ ...options, ...(since === undefined ? {} : { since }) }))
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
