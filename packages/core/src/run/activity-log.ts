import type { JsonObject, Log } from '@squall/contract'
import type { EventStream } from './event-stream.ts'

/** A log for drivers: what they say becomes an event that names the activity. */
export function activityLog(events: EventStream, activity: string): Log {
  const write =
    (level: 'debug' | 'info' | 'warning') =>
    (message: string, fields?: JsonObject): void => {
      events.emit({ type: 'log', level, message, activity, ...(fields ? { fields } : {}) })
    }
  return { debug: write('debug'), info: write('info'), warn: write('warning') }
}
