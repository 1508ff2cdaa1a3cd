import type { Change, RunEvent } from '@squall/contract'
import { attemptText, triesText } from './tries-text.ts'

export type Level = 'DEBUG' | 'INFO' | 'WARNING' | 'ERROR' | 'CRITICAL'

/** One line of the log for an event, in the words of the reference where it has some. Undefined: nothing to say. */
export function describeEvent(event: RunEvent): { level: Level; message: string } | undefined {
  const info = (message: string): { level: Level; message: string } => ({ level: 'INFO', message })
  switch (event.type) {
    case 'run-started':
      return info(`Running experiment: ${String(event.experiment['title'])}`)
    case 'hypothesis-started':
      return info(`Steady state hypothesis: ${event.title}`)
    case 'hypothesis-completed':
      return event.met === true ? info('Steady state hypothesis is met!') : notRestored(event)
    case 'method-started':
      return info(
        event.activities === 0
          ? "No declared activities, let's move on."
          : "Playing your experiment's method now...",
      )
    case 'activity-started': {
      const kind =
        event.phase === 'rollbacks' ? 'Rollback' : event.activity['type'] === 'probe' ? 'Probe' : 'Action'
      return info(
        `${kind}: ${String(event.activity['name'])}${event.background ? ' [in background]' : ''}${iterationText(event)}`,
      )
    }
    case 'attempt-completed':
      return { level: 'DEBUG', message: `  => ${attemptText(event)}` }
    case 'activity-completed':
      if (event.status !== 'failed') return triesLine(event)
      return { level: 'ERROR', message: `  => failed: ${(event.exception?.at(-1) ?? '').trim()}` }
    case 'tolerance-checked':
      if (event.met || event.expected === undefined) return undefined
      return {
        level: 'CRITICAL',
        message: `  => out of tolerance: expected ${event.expected}, found ${event.actual ?? ''}`,
      }
    case 'pause':
      return info(
        event.when === 'before'
          ? `Pausing before next activity for ${event.seconds}s...`
          : `Pausing after activity for ${event.seconds}s...`,
      )
    case 'interrupted':
      return { level: 'CRITICAL', message: `Caught ${event.by}, interrupting experiment now` }
    case 'status-changed':
      return event.status === 'completed'
        ? undefined
        : { level: 'CRITICAL', message: `${event.status}: ${event.reason}` }
    case 'deviated':
      return { level: 'CRITICAL', message: event.reason }
    case 'rollbacks-decided':
      return info(`Rollbacks are ${event.play ? '' : 'not '}played: ${event.reason}`)
    case 'rollback-skipped':
      return info(`Rollback: ${event.activity} is not played: ${event.reason}`)
    case 'rollbacks-started':
      return info(event.activities === 0 ? "No declared rollbacks, let's move on." : "Let's rollback...")
    case 'undo-completed':
      return event.status === 'failed'
        ? { level: 'ERROR', message: `Undo failed: ${event.reason ?? ''}` }
        : info(`Undo: ${event.status}`)
    case 'residue-found':
      return { level: 'ERROR', message: `Left behind (${event.driver}): ${event.found.join('; ')}` }
    case 'control-failed':
      return {
        level: 'WARNING',
        message: `The control '${event.control}' failed (${event.hook}): ${event.reason}`,
      }
    case 'control-changed':
      return {
        level: 'DEBUG',
        message: `The control '${event.control}' changed the ${event.document} (${event.hook}): ${changesText(event.changes)}`,
      }
    case 'run-completed':
      return info(`Experiment ended with status: ${event.deviated ? 'deviated' : event.status}`)
    case 'log':
      return { level: event.level.toUpperCase() as Level, message: event.message }
    default:
      return undefined
  }
}

function changesText(changes: readonly Change[]): string {
  return changes.map(({ op, path }) => `${op} ${path.join('.')}`).join(', ')
}

type EventOf<Type extends RunEvent['type']> = Extract<RunEvent, { type: Type }>
type Line = { level: Level; message: string } | undefined

/** The check before or after the method is told by the status; the one after the rollbacks has a verdict of its own. */
function notRestored({ phase, met }: EventOf<'hypothesis-completed'>): Line {
  if (phase !== 'after-rollbacks' || met === null) return undefined
  return { level: 'CRITICAL', message: 'The steady state does not hold after rollbacks and undoing' }
}

function iterationText({ repeat }: EventOf<'activity-started'>): string {
  return repeat ? ` (${repeat.iteration} of ${repeat.count})` : ''
}

/** Whether the tolerance of `until` held is the next line. */
function triesLine(event: EventOf<'activity-completed'>): Line {
  const { until, retry } = event
  if (until) return { level: 'INFO', message: `  => asked ${until.attempts} times in ${until.waited}s` }
  const text = retry ? triesText(event, true) : undefined
  return text === undefined ? undefined : { level: 'INFO', message: `  => ${text}` }
}
