import { type JsonObject, type Log, SquallError } from '@squall/contract'
import type { Effect, Injection, Refusal } from '../engine/effect.ts'
import type { EngineState, StoredState } from '../engine/engine-state.ts'
import type { Input } from '../engine/input.ts'
import { engineOf } from '../engine/new-engine.ts'
import { step } from '../engine/step.ts'
import type { EventPage } from '../events/event-book.ts'
import { type EventQueryTexts, readEventQuery } from '../events/event-query.ts'
import { healthReport } from '../health/health-report.ts'
import { type ChaosParameters, defaultChaosParameters } from '../parameters/chaos-parameters.ts'
import { checkTargetsExist } from '../parameters/check-targets-exist.ts'
import { readChaosParameters } from '../parameters/read-chaos-parameters.ts'
import { refused } from '../parameters/read-fields.ts'
import { checkExclusions, checkKinds, hasExclusions } from '../plan/check-choice.ts'
import type { ChoiceOptions } from '../plan/choice-options.ts'
import type { IterationKeeper } from '../replay/iteration-keeper.ts'
import type { IterationRecord } from '../replay/iteration-record.ts'
import type { ChaosSchedule } from '../schedule/chaos-schedule.ts'
import { readSchedule, readScheduleRequest } from '../schedule/read-schedule.ts'
import { writeSchedule } from '../schedule/write-schedule.ts'
import type { ChaosStore } from '../store/chaos-store.ts'
import type { ChaosNews, ChaosService, ChaosStatus, HealthReport } from './chaos-service.ts'
import { type Answer, ClusterDesk } from './cluster-desk.ts'
import { reasonOf } from './inject-fault.ts'
import { NewsDesk } from './news.ts'
import type { ChaosServiceOptions, StartOptions } from './service-options.ts'

/** A clock that was set, or a machine that slept, is noticed after so long at the latest. */
const longestSleepMs = 3_600_000

const silence: Log = { debug: () => undefined, info: () => undefined, warn: () => undefined }

/** Carries out what the engine asks for, in order, and tells it what came of it. */
export class RunningService implements ChaosService {
  readonly #options: ChaosServiceOptions
  readonly #store: ChaosStore
  readonly #keeper: IterationKeeper
  readonly #log: Log
  readonly #closing = new AbortController()
  readonly #cluster: ClusterDesk
  readonly #news: NewsDesk
  readonly #flying = new Set<Promise<void>>()
  #state: EngineState
  #holdBack = new AbortController()
  #wake = new AbortController()
  /** Effects under way; each step's come after those of the one before. */
  #work: Promise<void> = Promise.resolve()
  #failure: unknown

  constructor(options: ChaosServiceOptions, store: ChaosStore, keeper: IterationKeeper, stored: StoredState) {
    const { faults, kinds } = options.cluster
    this.#options = options
    this.#store = store
    this.#keeper = keeper
    this.#log = options.log ?? silence
    this.#cluster = new ClusterDesk(options, this.#log, this.#closing.signal)
    this.#news = new NewsDesk(this.#log)
    this.#state = engineOf(stored, options.engine, { ...(faults && { faults }), ...(kinds && { kinds }) })
  }

  /** Goes on with what was stored. */
  async resume(): Promise<void> {
    this.#cleanUpFromTimeToTime()
    await this.#tell({ type: 'resumed' })
  }

  async start(json: unknown, { seed, ...options }: StartOptions = {}): Promise<void> {
    this.#mustBeOpen()
    const parameters = readChaosParameters(json, this.#options.limits)
    checkKinds(options.kinds ?? {}, this.#state.offer)
    this.#mustNotRun()
    await this.#checkNames([parameters], options)
    await this.#ask({ type: 'start', parameters, options, ...(seed !== undefined && { seed }) })
  }

  async stop(): Promise<void> {
    this.#mustBeOpen()
    await this.#ask({ type: 'stop' })
  }

  get(): ChaosStatus {
    const { run, latest, scheduleStatus } = this.#state.stored
    return {
      status: run ? 'Running' : 'Stopped',
      scheduleStatus,
      parameters: latest ?? defaultChaosParameters,
      ...(run && { seed: run.seed }),
    }
  }

  async health(): Promise<HealthReport> {
    this.#mustBeOpen()
    return healthReport(await this.#cluster.snapshot())
  }

  events(query: EventQueryTexts = {}): EventPage {
    return this.#store.book.page(readEventQuery(query))
  }

  report(query: EventQueryTexts = {}): EventPage & ChaosStatus {
    if (!this.#state.stored.latest) throw new SquallError('SQUALL_CHAOS_NOT_READY', {})
    return { ...this.get(), ...this.events(query) }
  }

  getSchedule(): { readonly version: number; readonly schedule: ChaosSchedule } {
    const { version, schedule } = this.#state.stored
    return { version, schedule }
  }

  writeSchedule(): JsonObject {
    const { version, schedule } = this.#state.stored
    return writeSchedule(version, schedule)
  }

  async setSchedule(description: unknown, { seed, ...options }: StartOptions = {}): Promise<void> {
    this.#mustBeOpen()
    const request = readScheduleRequest(description)
    const { version } = this.#state.stored
    if (request.version !== version)
      throw refused('Version', `must be the stored ${version}, not ${request.version}`)
    this.#mustNotRun()
    const schedule = readSchedule(request, this.#options.limits)
    checkKinds(options.kinds ?? {}, this.#state.offer)
    await this.#checkNames(
      schedule.parameters.map(({ value }) => value),
      options,
    )
    const given = { options, ...(seed !== undefined && { seed }) }
    await this.#ask({ type: 'set schedule', version: request.version, schedule, ...given })
  }

  subscribe(listener: (news: ChaosNews) => void): () => void {
    return this.#news.subscribe(listener)
  }

  iterations(): Promise<readonly IterationRecord[]> {
    return this.#keeper.all()
  }

  flushed(): Promise<void> {
    return this.#work
  }

  async settled(): Promise<void> {
    while (this.#flying.size > 0) await Promise.all(this.#flying)
  }

  async close(): Promise<void> {
    if (this.#closing.signal.aborted) return
    this.#closing.abort(new SquallError('SQUALL_CHAOS_CLOSED', {}))
    this.#wake.abort()
    await this.settled()
    await this.#work.catch(() => undefined)
    await this.#keeper.close()
    await this.#store.close()
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.close()
  }

  #mustBeOpen(): void {
    if (this.#failure !== undefined) throw this.#failure
    this.#closing.signal.throwIfAborted()
  }

  #mustNotRun(): void {
    if (this.#state.stored.run) throw new SquallError('SQUALL_CHAOS_RUNNING', {})
  }

  /** The cluster is only asked when a filter or an exclusion names something. */
  async #checkNames(all: readonly ChaosParameters[], options: ChoiceOptions): Promise<void> {
    if (!hasExclusions(options) && !all.some(({ targetFilter }) => targetFilter)) return
    const snapshot = await this.#cluster.snapshot()
    for (const parameters of all) checkTargetsExist(parameters, snapshot)
    checkExclusions(options.exclude ?? {}, snapshot)
  }

  /** Tells the engine of a request. Rejects when it refuses. */
  async #ask(request: Answer): Promise<void> {
    const refusals: Refusal[] = []
    await this.#tell(request, (refusal) => refusals.push(refusal))
    this.#mustBeOpen()
    const [refusal] = refusals
    if (refusal?.code === 'SQUALL_CHAOS_RUNNING') throw new SquallError(refusal.code, {})
    if (refusal) throw refused(refusal.at, refusal.reason)
  }

  /** Resolves once everything that has to be stored is. */
  #tell(input: Answer, onRefusal?: (refusal: Refusal) => void): Promise<void> {
    if (this.#closing.signal.aborted || this.#failure !== undefined) return Promise.resolve()
    const { state, effects } = step(this.#state, { ...input, now: this.#options.clock.now() } as Input)
    this.#state = state
    this.#work = this.#work.then(() => this.#carryOut(effects, onRefusal))
    return this.#work
  }

  async #carryOut(effects: readonly Effect[], onRefusal?: (refusal: Refusal) => void): Promise<void> {
    if (this.#failure !== undefined) return
    try {
      for (const effect of effects) await this.#do(effect, onRefusal)
    } catch (error) {
      // What is not recorded must not happen: the service stands still from here on.
      this.#failure = error
      this.#wake.abort()
      this.#holdBack.abort()
    }
  }

  async #do(effect: Effect, onRefusal?: (refusal: Refusal) => void): Promise<void> {
    switch (effect.type) {
      case 'store':
        await this.#store.write(effect.events, effect.state)
        for (const event of effect.events) this.#news.publish({ type: 'event', event })
        return
      case 'check upgrade':
        return this.#fly(() => this.#cluster.checkUpgrade(effect.question))
      case 'take snapshot':
        return this.#fly(() => this.#cluster.takeSnapshot(effect.question))
      case 'inject':
        return this.#inject(effect.faults)
      case 'hold back faults':
        this.#holdBack.abort()
        this.#holdBack = new AbortController()
        return
      case 'wait until':
        return this.#waitUntil(effect.at)
      case 'refuse':
        return onRefusal?.(effect.refusal)
      case 'planned': {
        const { request, snapshot, plan } = effect
        this.#keeper.keep({ request, snapshot, plan })
        return this.#news.publish({ type: 'iteration', record: { request, snapshot, plan } })
      }
      case 'iteration ended':
        return this.#keeper.end(effect.seed, effect.iteration, effect.results)
    }
  }

  /** Asks the cluster beside the engine, and tells the engine the answer. */
  #fly(ask: () => Promise<Answer>): void {
    const flight = ask()
      .then((answer) => this.#inform(answer))
      .finally(() => this.#flying.delete(flight))
    this.#flying.add(flight)
  }

  /** Tells the engine, and waits for nothing: whoever flew must land first. */
  #inform(input: Answer): void {
    this.#tell(input).catch(() => undefined)
  }

  #inject(faults: readonly Injection[]): void {
    const { signal } = this.#holdBack
    for (const injection of faults) this.#fly(() => this.#cluster.inject(injection, signal))
  }

  #waitUntil(at: number): void {
    this.#wake.abort()
    const wake = new AbortController()
    this.#wake = wake
    const { clock } = this.#options
    clock.sleep(Math.min(longestSleepMs, Math.max(0, at - clock.now())), wake.signal).then(
      () => this.#inform({ type: 'tick' }),
      () => undefined,
    )
  }

  #cleanUpFromTimeToTime(): void {
    const { clock, cleanUpIntervalSeconds = 3600 } = this.#options
    const { signal } = this.#closing
    const again = async (): Promise<void> => {
      while (!signal.aborted) {
        await clock.sleep(cleanUpIntervalSeconds * 1000, signal)
        this.#work = this.#work.then(() => this.#cleanUp())
        await this.#work
      }
    }
    // Ends when the service is closed.
    again().catch(() => undefined)
  }

  async #cleanUp(): Promise<void> {
    if (this.#failure !== undefined) return
    await this.#store.cleanUp().catch((error: unknown) => {
      this.#log.warn(`Old events could not be deleted: ${reasonOf(error)}`)
    })
  }
}
