/** From here on it is worth a write. */
const largeLength = 64 * 1024
/** What one batch holds at most, however much has gathered. */
const batchLength = 1024 * 1024

/** Records that wait to be written, as JSON. Lengths are counted in UTF-16 units, which is near enough to bytes. */
export class RecordQueue {
  #texts: string[] = []
  #waitingLength = 0
  #added = 0

  /** Records ever added. */
  get added(): number {
    return this.#added
  }

  get length(): number {
    return this.#texts.length
  }

  get isLarge(): boolean {
    return this.#waitingLength >= largeLength
  }

  add(text: string): void {
    this.#texts.push(text)
    this.#waitingLength += text.length
    this.#added++
  }

  /** Removes the next batch: at most `count` records. */
  take(count: number): string[] {
    let length = 0
    let taken = 0
    while (taken < this.#texts.length && taken < count && length < batchLength) {
      length += this.#texts[taken]?.length ?? 0
      taken++
    }
    this.#waitingLength -= length
    if (taken < this.#texts.length) return this.#texts.splice(0, taken)
    const all = this.#texts
    this.#texts = []
    return all
  }

  clear(): void {
    this.#texts = []
    this.#waitingLength = 0
  }
}
