import type { ReferenceListener } from '../configuration/resolve-references.ts'
import { activityLog } from './activity-log.ts'
import type { EventStream } from './event-stream.ts'

/** Tells as events of the run what its resolvers say. */
export function referenceEvents(events: EventStream): ReferenceListener {
  return {
    log: () => activityLog(events),
    unread: ({ path }, { message, hint }) => {
      const name = path.slice(1).join('.')
      events.emit({ type: 'log', level: 'error', message: `The secret '${name}' is {}: ${message} ${hint}` })
    },
  }
}
