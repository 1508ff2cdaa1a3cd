import type { JsonObject, Log } from '@squall/contract'
import { textOf } from '../configuration/text-of.ts'
import type { EventStream } from './event-stream.ts'
import { asJson } from './json-result.ts'

/** A log for drivers: what they say becomes an event that names the activity, where there is one. */
export function activityLog(events: Pick<EventStream, 'emit'>, activity?: string): Log {
  const named = activity === undefined ? {} : { activity }
  const write =
    (level: 'debug' | 'info' | 'warning') =>
    (message: string, fields?: JsonObject): void => {
      events.emit({ type: 'log', level, message: textOf(message), ...named, ...fieldsOf(fields) })
    }
  return { debug: write('debug'), info: write('info'), warn: write('warning') }
}

/** Fields that are not JSON are left out and named: a line of the log is no reason for an activity to fail. */
function fieldsOf(fields: JsonObject | undefined): { fields?: JsonObject } {
  if (!fields) return {}
  const answer = asJson(fields)
  return { fields: 'json' in answer ? (answer.json as JsonObject) : { unreadable: answer.wrong } }
}
