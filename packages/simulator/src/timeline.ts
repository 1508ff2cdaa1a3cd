interface Entry {
  readonly at: number
  /** Entries of one moment happen in the order they were added. */
  readonly order: number
  readonly happen: () => void
}

/** What will happen and when: a binary heap, so that a hundred thousand rebuilds cost little. */
export class Timeline {
  #heap: Entry[] = []
  #added = 0

  /** Of the earliest entry; undefined when nothing is to come. */
  get next(): number | undefined {
    return this.#heap[0]?.at
  }

  add(at: number, happen: () => void): void {
    this.#added += 1
    this.#heap.push({ at, order: this.#added, happen })
    this.#rise(this.#heap.length - 1)
  }

  /** Removes the earliest entry and returns it. */
  take(): Entry | undefined {
    const first = this.#heap[0]
    const last = this.#heap.pop()
    if (first && last && first !== last) {
      this.#heap[0] = last
      this.#sink(0)
    }
    return first
  }

  #rise(from: number): void {
    for (let at = from; at > 0; ) {
      const parent = (at - 1) >> 1
      if (!this.#isBefore(at, parent)) return
      this.#exchange(at, parent)
      at = parent
    }
  }

  #sink(from: number): void {
    for (let at = from; ; ) {
      const children = [2 * at + 1, 2 * at + 2].filter((child) => child < this.#heap.length)
      const least = children.reduce((best, child) => (this.#isBefore(child, best) ? child : best), at)
      if (least === at) return
      this.#exchange(at, least)
      at = least
    }
  }

  #isBefore(one: number, other: number): boolean {
    const a = this.#heap[one] as Entry
    const b = this.#heap[other] as Entry
    return a.at < b.at || (a.at === b.at && a.order < b.order)
  }

  #exchange(one: number, other: number): void {
    const kept = this.#heap[one] as Entry
    this.#heap[one] = this.#heap[other] as Entry
    this.#heap[other] = kept
  }
}
