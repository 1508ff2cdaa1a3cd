import type { RunEvent } from '@squall/contract'

/** Events as short lines that read like a report: what happened, to whom. */
export function eventLines(events: Iterable<RunEvent>): string[] {
  const names = new Map<number, string>()
  return [...events].map((event) => line(event, names))
}

function line(event: RunEvent, names: Map<number, string>): string {
  switch (event.type) {
    case 'activity-started': {
      const name = String(event.activity['name'])
      names.set(event.id, name)
      return `${event.phase}: start ${name}${event.background ? ' in background' : ''}`
    }
    case 'activity-completed':
      return `end ${names.get(event.id)}: ${event.status ?? 'cut short'}`
    case 'tolerance-checked':
      return `${names.get(event.id)} is ${event.met ? 'met' : 'not met'}`
    case 'pause':
      return `pause ${event.seconds} s ${event.when} ${event.activity}`
    case 'hypothesis-started':
      return `${event.phase}: check`
    case 'hypothesis-completed':
      return `${event.phase}: ${event.met}`
    case 'status-changed':
      return `status ${event.status}`
    case 'interrupted':
      return `interrupted by ${event.by}`
    case 'rollbacks-decided':
      return `rollbacks: ${event.play ? 'yes' : 'no'}`
    case 'undo-completed':
      return `undo ${event.undo}: ${event.status}`
    case 'run-completed':
      return `run ${event.status}${event.deviated ? ', deviated' : ''}`
    case 'log':
      return `${event.level}: ${event.message}`
    default:
      return event.type
  }
}
