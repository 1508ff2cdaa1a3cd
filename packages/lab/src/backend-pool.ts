/**
 * Chooses among the instances of a service: round robin over those that answer. One that failed is marked by the
 * request that noticed it and comes last from then on, until it answers again.
 */
export class BackendPool {
  readonly #coolDownMs: number
  readonly #markedAt = new Map<string, number>()
  #urls: readonly string[] = []
  #turn = 0

  /** A marked backend is due for a look once `coolDownMs` have passed. */
  constructor(coolDownMs: number) {
    this.#coolDownMs = coolDownMs
  }

  /** Takes over a new list; marks of backends that stay are kept. */
  follow(urls: readonly string[]): void {
    this.#urls = urls
    for (const url of this.#markedAt.keys()) if (!urls.includes(url)) this.#markedAt.delete(url)
  }

  /** The backends in the order in which this request asks them. Marked ones are the last resort. */
  nextOrder(): string[] {
    const good = this.#urls.filter((url) => !this.#markedAt.has(url))
    const marked = this.#urls.filter((url) => this.#markedAt.has(url))
    const first = good.length === 0 ? 0 : this.#turn % good.length
    this.#turn += 1
    return [...good.slice(first), ...good.slice(0, first), ...marked]
  }

  /** Returns whether this is news. */
  markFailed(url: string, now: number): boolean {
    const isNews = this.#urls.includes(url) && !this.#markedAt.has(url)
    if (this.#urls.includes(url)) this.#markedAt.set(url, now)
    return isNews
  }

  /** Returns whether this is news. */
  markAnswered(url: string): boolean {
    return this.#markedAt.delete(url)
  }

  /** Marked backends that should be looked at again, apart from any request. Asking restarts their cool-down. */
  takeDue(now: number): string[] {
    const due = [...this.#markedAt].filter(([, at]) => now - at >= this.#coolDownMs).map(([url]) => url)
    for (const url of due) this.#markedAt.set(url, now)
    return due
  }

  view(): { readonly url: string; readonly answers: boolean }[] {
    return this.#urls.map((url) => ({ url, answers: !this.#markedAt.has(url) }))
  }
}
