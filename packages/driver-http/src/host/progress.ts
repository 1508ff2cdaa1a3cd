import { type Limits, type Stage, TransportError } from '../transport.ts'

/** How far an exchange has come, and whether it still moves. */
export class Progress {
  stage: Stage = 'connect'
  /** Told when a time limit ran out. */
  onLate: (error: TransportError) => void = () => {}
  private readonly limits: Limits
  private timer: NodeJS.Timeout | undefined
  private lastMove = 0

  constructor(limits: Limits) {
    this.limits = limits
  }

  enter(stage: Stage): void {
    this.stage = stage
    this.touch()
    clearTimeout(this.timer)
    this.arm(this.limitMs)
  }

  /** Something came in. */
  touch(): void {
    this.lastMove = performance.now()
  }

  end(): void {
    clearTimeout(this.timer)
    this.onLate = () => {}
  }

  private get limitMs(): number | undefined {
    return this.stage === 'connect' ? this.limits.connectMs : this.limits.readMs
  }

  private arm(waitMs: number | undefined): void {
    if (waitMs !== undefined) this.timer = setTimeout(() => this.check(), waitMs)
  }

  /** One timer for all bytes: when it fires it looks how long ago the last one came, and waits for the rest. */
  private check(): void {
    const limitMs = this.limitMs ?? 0
    const leftMs = limitMs - (performance.now() - this.lastMove)
    if (leftMs > 0.5) this.arm(leftMs)
    else this.onLate(new TransportError(this.stage, true, this.lateness(limitMs)))
  }

  private lateness(limitMs: number): string {
    const time = `${limitMs / 1000} s`
    return this.stage === 'connect' ? `no connection within ${time}` : `nothing for ${time}`
  }
}
