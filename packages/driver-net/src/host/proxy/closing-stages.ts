import type { Stage, Taker, Wire } from './stage.ts'

abstract class PassingStage implements Stage {
  next: Taker
  protected readonly wire: Wire
  protected timer: NodeJS.Timeout | undefined

  constructor(next: Taker, wire: Wire) {
    this.next = next
    this.wire = wire
  }

  get isFull(): boolean {
    return false
  }

  abstract data(chunk: Buffer): void

  end(): void {
    this.next.end()
  }

  release(_why: 'removed' | 'changed'): void {
    this.cancel()
  }

  cancel(): void {
    clearTimeout(this.timer)
  }
}

/** Drops everything, and closes the connection after the timeout or, when that is 0, once the toxic is removed. */
export class TimeoutStage extends PassingStage {
  constructor(timeout: number, next: Taker, wire: Wire) {
    super(next, wire)
    if (timeout > 0) this.timer = setTimeout(() => wire.close(), timeout)
  }

  data(): void {}

  override end(): void {}

  override release(why: 'removed' | 'changed'): void {
    this.cancel()
    if (why === 'removed') this.wire.close()
  }
}

/** Resets the connection a time after the first data. */
export class ResetStage extends PassingStage {
  readonly #timeout: number

  constructor(timeout: number, next: Taker, wire: Wire) {
    super(next, wire)
    this.#timeout = timeout
  }

  data(): void {
    this.timer ??= setTimeout(() => this.wire.reset(), this.#timeout)
  }
}

/** Passes so many bytes, then closes the connection. */
export class LimitStage extends PassingStage {
  /** Bytes passed until now. */
  passed: number
  readonly #limit: number
  #isOver = false

  /** `passed`: what went through before the limit was changed. */
  constructor(limit: number, passed: number, next: Taker, wire: Wire) {
    super(next, wire)
    this.#limit = limit
    this.passed = passed
  }

  data(chunk: Buffer): void {
    if (this.#isOver) return
    const part = chunk.subarray(0, Math.max(0, this.#limit - this.passed))
    this.passed += part.length
    if (part.length > 0) this.next.data(part)
    if (this.passed < this.#limit) return
    this.#isOver = true
    this.wire.finish()
    this.next.end()
  }
}

/** Changes bits of some chunks; their length stays. */
export class CorruptStage extends PassingStage {
  readonly #share: number
  readonly #bytes: number

  constructor(share: number, bytes: number, next: Taker, wire: Wire) {
    super(next, wire)
    this.#share = share
    this.#bytes = bytes
  }

  data(chunk: Buffer): void {
    if (this.wire.chance() >= this.#share) return this.next.data(chunk)
    const changed = Buffer.from(chunk)
    const places = new Set<number>()
    for (let count = 0; count < Math.min(this.#bytes, chunk.length); count += 1) {
      let at = Math.floor(this.wire.chance() * chunk.length)
      while (places.has(at)) at = (at + 1) % chunk.length
      places.add(at)
      changed[at] = (changed[at] ?? 0) ^ (1 << Math.floor(this.wire.chance() * 8))
    }
    this.next.data(changed)
  }
}

/** Lets nothing through and closes nothing, so that both sides think the other is there; holds it until the toxic goes. */
export class StallStage extends PassingStage {
  #held: Buffer[] = []
  #hasEnded = false

  override get isFull(): boolean {
    return this.#held.length > 0
  }

  data(chunk: Buffer): void {
    this.#held.push(chunk)
  }

  override end(): void {
    this.#hasEnded = true
  }

  override release(): void {
    for (const chunk of this.#held) this.next.data(chunk)
    this.#held = []
    if (this.#hasEnded) this.next.end()
  }
}
