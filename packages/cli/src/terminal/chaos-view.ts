import type { Fault, FaultOutcome } from '@squall/contract'
import type { ChaosEvent } from '../chaos-parts.ts'
import type { ChaosTally } from '../commands/chaos/chaos-tally.ts'
import { type Paint, safe } from './paint.ts'
import { table } from './table.ts'

/** An event in a line, with the time of day in UTC. */
export function chaosEventText(
  event: ChaosEvent,
  time: string,
  faultText: (fault: Fault) => string,
  paint: Paint,
): string {
  const at = paint('dim', time.slice(11, 19))
  switch (event.kind) {
    case 'Started':
      return `${at} ${paint('bold', 'Started')} with seed ${event.seed}\n`
    case 'ExecutingFaults': {
      const none = event.faults.length === 0 ? ': no fault could be chosen safely' : ''
      const lines = event.faults.map((fault) => `         ${safe(faultText(fault))}\n`).join('')
      return `${at} ${paint('cyan', `Iteration ${event.iteration}`)}${event.dry ? ' (planned only)' : ''}${none}\n${lines}`
    }
    case 'ValidationFailed':
    case 'TestError':
      return `${at} ${paint('red', event.kind)} ${safe(event.reason)}\n`
    case 'Waiting':
      return `${at} ${paint('dim', `${event.kind} ${safe(event.reason)}`)}\n`
    default:
      return `${at} ${paint('bold', event.kind)} ${safe(event.reason)}\n`
  }
}

/** How a fault ended, in a line. */
export function outcomeText(
  fault: Fault,
  { outcome, reason }: FaultOutcome,
  faultText: (fault: Fault) => string,
  paint: Paint,
): string {
  const mark = outcome === 'done' ? paint('green', '✓') : paint('yellow', '–')
  const why = reason === undefined ? '' : `: ${safe(reason)}`
  const what = outcome === 'done' ? '' : ` ${outcome}${why}`
  return `       ${mark} ${safe(faultText(fault)).split(',')[0]}${what}\n`
}

/** The sum of a run, for a person. */
export function tallyText(tally: ChaosTally, paint: Paint): string {
  const rows = Object.entries(tally.faults).map(([kind, { chosen, outcomes }]) => [
    `  ${kind}`,
    String(chosen),
    Object.entries(outcomes)
      .map(([outcome, count]) => `${count} ${outcome}`)
      .join(', '),
  ])
  const faults = rows.length === 0 ? '  no faults\n' : table([['  fault', 'chosen', 'ended'], ...rows])
  const bad = (name: string, reasons: readonly string[]): string =>
    reasons.length === 0
      ? ''
      : `${paint('red', `${reasons.length} ${name}`)}, the first: ${safe(reasons[0] ?? '')}\n`
  const seed = tally.seed === undefined ? '' : `, seed ${tally.seed}`
  return (
    `${paint('bold', `${tally.iterations} iterations`)}${seed}\n${faults}` +
    bad('failed validations', tally.validationFailures) +
    bad('errors', tally.testErrors) +
    (tally.stopped === undefined ? '' : `${safe(tally.stopped)}\n`)
  )
}
