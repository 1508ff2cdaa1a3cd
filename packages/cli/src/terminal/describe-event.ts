import type { Change, RunEvent } from '@squall/contract'
import { attemptText, triesText } from './tries-text.ts'

export type Level = 'DEBUG' | 'INFO' | 'WARNING' | 'ERROR' | 'CRITICAL'

export interface LogLine {
  readonly level: Level
  readonly message: string
}

/** One line of the log for an event, in the words of the reference where it has some. Undefined: nothing to say. */
export function describeEvent(event: RunEvent): LogLine | undefined {
  const info = (message: string): LogLine => ({ level: 'INFO', message })
  switch (event.type) {
    case 'run-started':
      return info(`Running experiment: ${String(event.experiment['title'])}`)
    case 'hypothesis-started':
      return info(`Steady state hypothesis: ${event.title}`)
    case 'hypothesis-completed':
      return event.met === true ? info('Steady state hypothesis is met!') : notRestored(event)
    case 'method-started':
      return info("Playing your experiment's method now...")
    case 'activity-started':
      return info(
        event.phase === 'rollbacks'
          ? `Rollback: ${String(event.activity['name'])}${iterationText(event)}`
          : playedText(event),
      )
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
      return interruptedLine(event)
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
      return info("Let's rollback...")
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

/** Which activity is played, as the log says it. */
export function playedText(event: EventOf<'activity-started'>): string {
  const kind = event.activity['type'] === 'probe' ? 'Probe' : 'Action'
  const how = event.background ? ' [in background]' : ''
  return `${kind}: ${String(event.activity['name'])}${how}${iterationText(event)}`
}

function interruptedLine({ by }: EventOf<'interrupted'>): Line {
  if (by === 'SIGINT') return { level: 'WARNING', message: 'Received a termination signal (Ctrl-C)...' }
  if (by === 'SIGUSR1') return { level: 'WARNING', message: 'Received the exit signal: 20' }
  if (by === 'SIGUSR2') return { level: 'WARNING', message: 'Received the exit signal: 30' }
  const what = by === 'SIGTERM' ? 'SIGTERM signal' : by
  return { level: 'CRITICAL', message: `Caught ${what}, interrupting experiment now` }
}

function changesText(changes: readonly Change[]): string {
  return changes.map(({ op, path }) => `${op} ${path.join('.')}`).join(', ')
}

type EventOf<Type extends RunEvent['type']> = Extract<RunEvent, { type: Type }>
type Line = LogLine | undefined

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
