import { ActivityFailed, type JsonValue, SquallError } from '@squall/contract'
import { followPath, readStepReference, type StepReference } from '../configuration/step-reference.ts'
import { closest } from '../drivers/closest.ts'

/** An activity that has ended. */
export interface EndedStep {
  /** Null when it was cut short. */
  readonly status: 'succeeded' | 'failed' | null
  readonly output: JsonValue
  /** Seconds. */
  readonly duration: number
}

/** A reference to a step that has no such value. The activity that needs it fails. */
export class StepMissing extends ActivityFailed {
  /** The reference as the file has it. */
  readonly reference: string
  readonly reason: string

  constructor(inside: string, reason: string, place: string = 'the file') {
    const reference = `\${${inside}}`
    const cause = new SquallError('SQUALL_STEP_UNKNOWN', { reference, place, reason })
    super(cause.message, { cause, hint: cause.hint })
    this.reference = reference
    this.reason = reason
  }

  /** The same, told with the place it is in. */
  at(place: string): StepMissing {
    return new StepMissing(this.reference.slice(2, -1), this.reason, place)
  }
}

/** What the activities of a run answered, by name; the last one of a name that has ended counts. */
export class Steps {
  readonly #ended = new Map<string, EndedStep>()
  readonly #running = new Map<string, number>()

  started(name: string): void {
    this.#running.set(name, (this.#running.get(name) ?? 0) + 1)
  }

  ended(name: string, step: EndedStep): void {
    this.#running.set(name, Math.max(0, (this.#running.get(name) ?? 0) - 1))
    this.#ended.set(name, step)
  }

  /** What the last one of a name that has ended answered is something else: a control changed it. */
  amend(name: string, { status, output }: Pick<EndedStep, 'status' | 'output'>): void {
    const step = this.#ended.get(name)
    if (step) this.#ended.set(name, { ...step, status, output })
  }

  /**
   * The value of `steps.NAME.output.path`; undefined for a text that is no such reference. Throws `StepMissing` where
   * there is no such step or nothing at that place of it.
   */
  read(inside: string): JsonValue | undefined {
    const readings = readStepReference(inside)
    const reading = readings.find(({ name }) => this.#ended.has(name)) ?? readings.at(-1)
    return reading && this.#valueOf(inside, reading)
  }

  #valueOf(inside: string, { name, part, path }: StepReference): JsonValue {
    const step = this.#ended.get(name)
    if (!step) throw new StepMissing(inside, this.#whyAbsent(name))
    if (part !== 'output') return step[part]
    const value = followPath(step.output, path)
    if (value !== undefined) return value
    throw new StepMissing(inside, whyNothingThere(name, step, path))
  }

  #whyAbsent(name: string): string {
    if ((this.#running.get(name) ?? 0) > 0) return `'${name}' has not ended yet`
    const near = closest(name, [...this.#ended.keys()])
    return `no activity named '${name}' has ended${near === undefined ? '' : `; did you mean '${near}'?`}`
  }
}

function whyNothingThere(name: string, { status, output }: EndedStep, path: StepReference['path']): string {
  if (status === 'failed') return `'${name}' failed, so it has no output`
  if (status === null) return `'${name}' was cut short, so it has no output`
  const known = typeof output === 'object' && output !== null ? Object.keys(output) : []
  const depth = path.findIndex((_, at) => followPath(output, path.slice(0, at + 1)) === undefined)
  const where = ['output', ...path.slice(0, depth)].join('.')
  const has = depth === 0 && known.length > 0 && known.length <= 12 ? `; it has ${known.join(', ')}` : ''
  return `\`${where}\` of '${name}' has no '${path[depth]}'${has}`
}
