import type { RunEvent } from '@squall/contract'
import { ContinuousLines } from './continuous-lines.ts'
import { describeEvent, type LogLine, playedText } from './describe-event.ts'

type EventOf<Type extends RunEvent['type']> = Extract<RunEvent, { type: Type }>

const info = (message: string): LogLine => ({ level: 'INFO', message })
const warning = (message: string): LogLine => ({ level: 'WARNING', message })
const critical = (message: string): LogLine => ({ level: 'CRITICAL', message })

/** The lines of the log for the events of one run: ours, and those that scripts know from the reference (spec 22). */
export class LogLines {
  readonly #continuous: ContinuousLines
  readonly #probes = new Set<number>()
  #lastProbe = ''

  /** @param frequency - Seconds between the checks of a continuous hypothesis. */
  constructor(frequency: number) {
    this.#continuous = new ContinuousLines(frequency)
  }

  of(event: RunEvent): readonly LogLine[] {
    const own = describeEvent(event)
    return [...this.#continuous.before(event), ...(own ? [own] : []), ...this.#further(event)]
  }

  #further(event: RunEvent): readonly LogLine[] {
    switch (event.type) {
      case 'run-started':
        return startLines(event)
      case 'activity-started':
        return this.#start(event)
      case 'activity-completed':
        return this.#end(event)
      case 'hypothesis-completed':
        return event.met === false ? this.#lost(event) : []
      case 'method-started':
        return event.activities === 0 ? [info("No declared activities, let's move on.")] : []
      case 'rollbacks-started':
        return event.activities === 0 ? [info("No declared rollbacks, let's move on.")] : []
      case 'interrupted':
        return event.by === 'SIGUSR2' ? [warning('Ignoring rollbacks as per signal')] : []
      case 'rollbacks-decided':
        return strategyLines(event)
      case 'run-completed':
        return event.deviated
          ? [info('The steady-state has deviated, a weakness may have been discovered')]
          : []
      default:
        return []
    }
  }

  #start(event: EventOf<'activity-started'>): readonly LogLine[] {
    if (event.phase === 'rollbacks') return [info(playedText(event))]
    if (event.phase === 'method') return []
    this.#lastProbe = String(event.activity['name'])
    this.#probes.add(event.id)
    return []
  }

  #end({ id, status }: EventOf<'activity-completed'>): readonly LogLine[] {
    const isProbe = this.#probes.delete(id)
    if (!isProbe || status !== 'failed') return []
    return [warning('Probe terminated unexpectedly, so its tolerance could not be validated')]
  }

  #lost({ phase }: EventOf<'hypothesis-completed'>): readonly LogLine[] {
    const probe = `probe '${this.#lastProbe}' is not in the given tolerance`
    if (phase === 'during') return [warning(`Continuous steady state ${probe}`)]
    if (phase === 'after-rollbacks') return []
    return [critical(`Steady state ${probe} so failing this experiment`)]
  }
}

function startLines({ experiment, strategies }: EventOf<'run-started'>): readonly LogLine[] {
  const { dry, 'steady-state-hypothesis': hypothesis } = experiment
  const probes = (hypothesis as { probes?: unknown } | null | undefined)?.probes
  const lines = typeof dry === 'string' ? [warning(`Running experiment with dry ${dry}`)] : []
  lines.push(info(`Steady-state strategy: ${strategies.hypothesis}`))
  lines.push(info(`Rollbacks strategy: ${strategies.rollbacks}`))
  if (strategies.hypothesis === 'skip') lines.push(info('Skipping Steady-State Hypothesis as requested'))
  else if (!Array.isArray(probes) || probes.length === 0)
    lines.push(info("No steady state hypothesis defined. That's ok, just exploring."))
  return lines
}

function strategyLines({ strategy, play }: EventOf<'rollbacks-decided'>): readonly LogLine[] {
  const asked = 'Rollbacks were explicitly requested to'
  if (strategy === 'always' && play) return [warning(`${asked} be played`)]
  if (strategy === 'never') return [warning(`${asked} not be played`)]
  if (strategy !== 'deviated') return []
  if (play) return [warning('Rollbacks will be played only because the experiment deviated')]
  const since = 'Since this is not the case, we will not play them.'
  return [warning(`${asked} be played only if the experiment deviated. ${since}`)]
}
