import type { RunEvent } from '@squall/contract'
import { describeEvent } from './describe-event.ts'
import { durationText, type Paint, safe } from './paint.ts'
import { attemptText, triesText } from './tries-text.ts'

export interface RunViewOptions {
  readonly write: (text: string) => void
  readonly paint: Paint
  /** Shows what is running on a line of its own until it has ended. */
  readonly isInteractive: boolean
  readonly verbose: boolean
}

type EventOf<Type extends RunEvent['type']> = Extract<RunEvent, { type: Type }>

const phaseTitles = {
  before: 'Steady state before',
  during: 'Steady state during',
  after: 'Steady state after',
  'after-rollbacks': 'Steady state after rollbacks and undoing',
} as const

/** Shows a run to a person: a line per activity as it ends, what was expected where it was not met, and the verdict. */
export class RunView {
  readonly #options: RunViewOptions
  readonly #started = new Map<number, EventOf<'activity-started'>>()
  readonly #ended = new Map<number, EventOf<'activity-completed'>>()
  readonly #said = new Map<number, string[]>()
  readonly #undos = new Map<number, EventOf<'undo-registered'>>()
  #hasUndo = false
  #isEnding = false
  #reason = ''
  #whyPlayed = ''
  #isRestored = true
  #isWaiting = false

  constructor(options: RunViewOptions) {
    this.#options = options
  }

  read(event: RunEvent): void {
    switch (event.type) {
      case 'run-started':
        return this.#heading(safe(String(event.experiment['title'])))
      case 'hypothesis-started':
        return this.#heading(
          event.phase === 'during'
            ? `${phaseTitles.during} (check ${event.check})`
            : phaseTitles[event.phase],
        )
      case 'method-started':
        return this.#heading(event.activities === 0 ? 'Method: no activities' : 'Method')
      case 'rollbacks-decided':
        if (!event.play) this.#heading(`Rollbacks: not played, ${event.reason}`)
        this.#isEnding = !event.play
        this.#whyPlayed = event.reason
        return
      case 'rollback-skipped':
        return this.#line(
          `  ${this.#options.paint('dim', `- ${safe(event.activity)}: not played, ${event.reason}`)}`,
        )
      case 'rollbacks-completed':
        this.#isEnding = true
        return
      case 'rollbacks-started':
        if (event.activities > 0) this.#heading(`Rollbacks: ${this.#whyPlayed}`)
        return
      case 'pause':
        return this.#note(`pause of ${durationText(event.seconds)} ${event.when} '${safe(event.activity)}'`)
      case 'activity-started':
        return this.#start(event)
      case 'attempt-completed':
        return this.#attempt(event)
      case 'activity-completed':
        return this.#end(event)
      case 'hypothesis-completed':
        this.#isRestored &&= event.phase !== 'after-rollbacks' || event.met === true
        return
      case 'tolerance-checked':
        return this.#judge(event)
      case 'interrupted':
        return this.#line(this.#options.paint('yellow', `Interrupted by ${event.by}.`))
      case 'status-changed':
        this.#reason = event.reason
        return
      case 'undo-registered':
        this.#undos.set(event.undo, event)
        return
      case 'undo-completed':
        return this.#undo(event)
      case 'control-failed':
      case 'control-changed':
        return this.#control(event)
      case 'residue-found':
        return this.#residue(event)
      case 'log':
        return this.#log(event)
      case 'run-completed':
        return this.#verdict(event)
      default:
        return
    }
  }

  #start(event: EventOf<'activity-started'>): void {
    this.#started.set(event.id, event)
    if (event.background)
      this.#line(`  ${this.#options.paint('cyan', '&')} ${nameOf(event)} starts in the background`)
    else if (this.#options.isInteractive) this.#wait(`  … ${nameOf(event)}`)
  }

  #end(event: EventOf<'activity-completed'>): void {
    const started = this.#started.get(event.id)
    if (!started) return
    this.#ended.set(event.id, event)
    if (isJudged(started) && event.status !== undefined) return
    this.#activity(started, event, event.status === 'succeeded')
  }

  /** Many askings are one line; a failed attempt is told. */
  #attempt(event: EventOf<'attempt-completed'>): void {
    const started = this.#started.get(event.id)
    if (!started) return
    const isAsking = event.met !== undefined
    const text = safe(attemptText(event))
    if (this.#options.verbose || (!isAsking && event.status === 'failed'))
      this.#say(event.id, `      ${this.#options.paint('dim', text)}`)
    else if (this.#options.isInteractive && isAsking)
      this.#wait(`  … ${nameOf(started)}: ${shortened(text, false)}`)
  }

  #judge(event: EventOf<'tolerance-checked'>): void {
    const started = this.#started.get(event.id)
    const ended = this.#ended.get(event.id)
    // A probe of the method has its line already.
    if (started && ended) this.#activity(started, ended, event.met)
    if (event.expected === undefined) return
    this.#note(`expected ${safe(event.expected)}`)
    this.#note(`found    ${safe(event.actual ?? '')}`)
  }

  #activity(
    started: EventOf<'activity-started'>,
    ended: EventOf<'activity-completed'>,
    isGood: boolean,
  ): void {
    const { paint } = this.#options
    const mark = isGood ? paint('green', '✓') : paint('red', '✗')
    const cut = ended.status === undefined ? paint('yellow', ' cut short') : ''
    this.#line(`  ${mark} ${nameOf(started)} ${paint('dim', durationText(ended.duration))}${cut}`)
    this.#ended.delete(ended.id)
    this.#started.delete(ended.id)
    this.#sayBelow(ended.id)
    const tries = triesText(ended, isGood)
    if (tries !== undefined) this.#note(tries)
    const reason = ended.exception?.at(-1)?.trim().split('\n')[0]
    if (reason) this.#note(safe(reason.replace(/^ActivityFailed: /, '')))
    if (ended.hint !== undefined && reason !== ended.hint) this.#note(`next: ${safe(ended.hint)}`)
  }

  #undo(event: EventOf<'undo-completed'>): void {
    const { paint, verbose } = this.#options
    // Most undos find that the effect ended by itself; that is no news.
    if (event.status === 'not needed' && !verbose) return
    const known = this.#undos.get(event.undo)
    // One after a set time stands among the activities it happened beside.
    if (this.#isEnding && !this.#hasUndo) this.#heading('Undo')
    this.#hasUndo ||= this.#isEnding
    const mark = event.status === 'failed' ? paint('red', '✗') : paint('green', '✓')
    const what = known ? `${known.func} of '${safe(known.activity)}'` : `undo ${event.undo}`
    this.#line(`  ${mark} ${what}: ${event.status}`)
    if (event.reason !== undefined) this.#note(safe(event.reason))
  }

  #control(event: EventOf<'control-failed' | 'control-changed'>): void {
    const said = describeEvent(event)
    const isNews = event.type === 'control-failed' || this.#options.verbose
    if (said && isNews)
      this.#line(
        `      ${this.#options.paint(event.type === 'control-failed' ? 'yellow' : 'dim', safe(said.message))}`,
      )
  }

  #residue(event: EventOf<'residue-found'>): void {
    this.#heading('Left behind')
    for (const found of event.found)
      this.#line(`  ${this.#options.paint('red', '!')} ${safe(found)} (${event.driver})`)
  }

  #log(event: EventOf<'log'>): void {
    const { paint, verbose } = this.#options
    if (event.level === 'debug' && !verbose) return
    const text = `      ${paint(logStyles[event.level], shortened(safe(event.message), verbose))}`
    const running = [...this.#started.values()].find(({ activity }) => activity['name'] === event.activity)
    if (running) this.#say(running.id, text)
    else this.#line(text)
  }

  #say(id: number, text: string): void {
    this.#said.set(id, [...(this.#said.get(id) ?? []), text])
  }

  /** What a driver said while its activity ran stands below the activity's own line. */
  #sayBelow(id: number): void {
    for (const text of this.#said.get(id) ?? []) this.#line(text)
    this.#said.delete(id)
  }

  #verdict(event: EventOf<'run-completed'>): void {
    const { paint } = this.#options
    const verdict = event.deviated ? 'deviated' : event.status
    const isGood = verdict === 'completed' && this.#isRestored
    const because = this.#reason === '' ? '' : `: ${safe(this.#reason)}`
    this.#line('')
    this.#line(
      `${paint(isGood ? 'green' : 'red', paint('bold', verdict))} in ${durationText(event.duration)}${because}`,
    )
    if (!this.#isRestored)
      this.#line(paint('red', 'The steady state does not hold after rollbacks and undoing.'))
  }

  #heading(text: string): void {
    this.#line(this.#options.paint('bold', text))
  }

  #note(text: string): void {
    this.#line(`      ${this.#options.paint('dim', text)}`)
  }

  #line(text: string): void {
    this.#options.write(`${this.#isWaiting ? '\r\u001b[2K' : ''}${text}\n`)
    this.#isWaiting = false
  }

  #wait(text: string): void {
    this.#options.write(`${this.#isWaiting ? '\r\u001b[2K' : ''}${text}`)
    this.#isWaiting = true
  }
}

const logStyles = { debug: 'dim', info: 'dim', warning: 'yellow', error: 'red' } as const
const widest = 120

function shortened(text: string, verbose: boolean): string {
  return verbose || text.length <= widest ? text : `${text.slice(0, widest - 1)}…`
}

function nameOf(event: EventOf<'activity-started'>): string {
  const { activity, repeat } = event
  const which = repeat ? ` (${repeat.iteration} of ${repeat.count})` : ''
  return `${String(activity['type'])} ${safe(String(activity['name']))}${which}`
}

/** What is held to a tolerance is shown once that is known. */
function isJudged({ phase, activity }: EventOf<'activity-started'>): boolean {
  if (phase !== 'method' && phase !== 'rollbacks') return true
  return activity['until'] !== undefined || (activity['evaluate'] === true && 'tolerance' in activity)
}
