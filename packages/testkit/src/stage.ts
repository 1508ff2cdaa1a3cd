import type { Driver, JsonValue } from '@squall/contract'
import { type Address, callAt } from './call.ts'
import { LawBroken } from './law.ts'
import { type LawContext, type LawContextOptions, lawContext } from './law-context.ts'
import { orTooLate, patience, tooLate } from './patience.ts'
import { playUndos, type UndoAnswer } from './play-undo.ts'
import { Running } from './running.ts'
import type { Sample, Scene } from './samples.ts'
import { middleOf, preparedBy, thenLeave } from './set-up.ts'
import { isUndoable, type Subject } from './subject.ts'
import type { UndoRecord } from './undo-recorder.ts'

/** A target that has been set up, and everything that is played on it. */
export class Stage {
  readonly subject: Subject
  readonly scene: Scene
  readonly driver: Driver
  readonly #calls: Running[] = []

  constructor(subject: Subject, scene: Scene) {
    this.subject = subject
    this.scene = scene
    this.driver = subject.makeDriver()
  }

  get address(): Address {
    return this.subject.address
  }

  get directory(): string {
    return this.scene.directory ?? '.'
  }

  /** Starts the activity. `aborted`: with a signal that was aborted before. */
  start(options: LawContextOptions & { readonly aborted?: boolean } = {}): Running {
    const abort = new AbortController()
    if (options.aborted) abort.abort(new Error('The law aborted it before.'))
    const context = this.context({ ...options, signal: abort.signal })
    // In a function of its own, so that what is thrown at once is a rejection as well.
    const work = (async () => callAt(this.driver, this.address, this.scene.input, context))()
    const running = new Running(work, context, abort)
    this.#calls.push(running)
    return running
  }

  context(options: LawContextOptions = {}): LawContext {
    const { configuration = {}, secrets = {} } = this.scene
    return lawContext({ directory: this.directory, configuration, secrets, ...options })
  }

  /** Tells whether the activity is in the middle of a `long` scene; `hasRegistered`: whether it registered an undo. */
  async isUnderway(hasRegistered: boolean): Promise<boolean> {
    const { scene, subject } = this
    if (scene.underway) return scene.underway()
    if (isUndoable(subject)) return hasRegistered
    throw new LawBroken(
      `Say with 'underway' in the 'long' scene of '${subject.name}' when it is in the middle.`,
    )
  }

  /** Resolves once the activity is in the middle of a `long` scene. */
  middleOf(running: Running): Promise<void> {
    return middleOf(running, () => this.isUnderway(running.context.undos.records.length > 0), 'scene')
  }

  /** Takes back what was registered, in this process. */
  async undo(records: readonly UndoRecord[]): Promise<readonly UndoAnswer[]> {
    const answers = await orTooLate(playUndos(this.driver, records, this.context()), patience.call)
    if (answers !== tooLate) return answers
    throw new LawBroken(`Its undo has not ended after ${patience.call / 1000} s.`)
  }

  /** What somebody sees who looks at the target without the driver. */
  async look(): Promise<JsonValue> {
    const { scene, subject } = this
    if (scene.look) return JSON.parse(JSON.stringify(await scene.look())) as JsonValue
    throw new LawBroken(
      `Give 'look' in the sample for '${subject.name}': what somebody sees without the driver.`,
    )
  }

  /** Ends what still runs and takes the target away. */
  async leave(): Promise<void> {
    for (const running of this.#calls) {
      running.abort()
      await orTooLate(running.ended, patience.effect)
    }
    await this.scene.cleanUp?.()
  }
}

/** Sets a target up, plays on it and takes it away again. */
export async function onStage<Result>(
  subject: Subject,
  prepare: Sample['prepare'],
  play: (stage: Stage) => Promise<Result>,
): Promise<Result> {
  return thenLeave(new Stage(subject, await preparedBy(prepare, subject.name)), play)
}
