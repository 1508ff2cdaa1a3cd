import type { Log } from '@squall/contract'
import type { ChaosNews } from './chaos-service.ts'
import { reasonOf } from './inject-fault.ts'

/** Tells listeners what happens. One that throws is logged, and told the next time all the same. */
export class NewsDesk {
  readonly #listeners = new Set<(news: ChaosNews) => void>()
  readonly #log: Log

  constructor(log: Log) {
    this.#log = log
  }

  subscribe(listener: (news: ChaosNews) => void): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  publish(news: ChaosNews): void {
    for (const listener of this.#listeners) {
      try {
        listener(news)
      } catch (error) {
        this.#log.warn(`A listener of chaos failed: ${reasonOf(error)}`)
      }
    }
  }
}
