import type { ClusterContext, ClusterSnapshot, Log } from '@squall/contract'
import type { Injection } from '../engine/effect.ts'
import type { Input } from '../engine/input.ts'
import { injectFault, reasonOf } from './inject-fault.ts'
import type { ChaosServiceOptions } from './service-options.ts'
import { within } from './within.ts'

/** An input that has yet to be given its time. */
export type Answer = WithoutNow<Input>
type WithoutNow<Each> = Each extends unknown ? Omit<Each, 'now'> : never

/** Puts the engine's questions to the cluster, each with its time limit. An answer is always given. */
export class ClusterDesk {
  readonly #options: ChaosServiceOptions
  readonly #log: Log
  /** Aborted when the service is closed. */
  readonly #closing: AbortSignal

  constructor(options: ChaosServiceOptions, log: Log, closing: AbortSignal) {
    this.#options = options
    this.#log = log
    this.#closing = closing
  }

  snapshot(): Promise<ClusterSnapshot> {
    return this.#request((context) => this.#options.cluster.snapshot(context))
  }

  async checkUpgrade(question: number): Promise<Answer> {
    const reason = await this.#request((context) => this.#options.cluster.upgrading(context)).catch(
      (error: unknown) => `it could not be found out: ${reasonOf(error)}`,
    )
    return { type: 'upgrade', question, ...(reason !== undefined && { reason }) }
  }

  takeSnapshot(question: number): Promise<Answer> {
    return this.snapshot().then(
      (snapshot) => ({ type: 'snapshot', question, snapshot }),
      (error: unknown) => ({ type: 'no snapshot', question, reason: reasonOf(error) }),
    )
  }

  async inject(injection: Injection, holdBack: AbortSignal): Promise<Answer> {
    const { cluster, clock, undo, faultSeconds = 300 } = this.#options
    const result = await injectFault(injection, {
      cluster,
      undo,
      seed: injection.seed,
      log: this.#log,
      limit: { clock, milliseconds: faultSeconds * 1000, signal: this.#closing },
      holdBack,
    })
    return { type: 'fault ended', number: injection.number, result }
  }

  #request<Result>(question: (context: ClusterContext) => Promise<Result>): Promise<Result> {
    const { clock, requestSeconds = 60 } = this.#options
    const limit = { clock, milliseconds: requestSeconds * 1000, signal: this.#closing }
    return within(limit, (signal) => question({ signal, log: this.#log, clock }))
  }
}
