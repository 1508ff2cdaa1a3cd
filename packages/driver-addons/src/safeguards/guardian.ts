import type { ControlContext, RunEvent } from '@squall/contract'
import { look } from './look.ts'
import type { SafeguardArguments, SafeguardProbe } from './safeguard-arguments.ts'

/** The safeguards of one run. Only the first one that trips counts. */
export class Guardian {
  readonly #arguments: SafeguardArguments
  readonly #context: ControlContext
  /** Nothing more is looked at. */
  readonly #over = new AbortController()
  /** The run is on its way back, or over. */
  readonly #ended = new AbortController()
  /** Background activities that are under way. */
  readonly #inBackground = new Set<number>()
  #tripped: string | undefined
  #hasBegun = false

  constructor(given: SafeguardArguments, context: ControlContext) {
    this.#arguments = given
    this.#context = context
  }

  /** Why the run ends after the current activity; undefined when it does not, was ended at once, or is on its way back. */
  get endsAfterActivity(): string | undefined {
    const { interrupt_after_activity: waits } = this.#arguments
    return waits && !this.#ended.signal.aborted ? this.#tripped : undefined
  }

  /**
   * Starts all safeguards, and waits for those that are to be looked at before the run. Resolves to what tripped until
   * then.
   */
  async begin(signal: AbortSignal): Promise<{ readonly tripped: string | undefined }> {
    const { probes } = this.#arguments
    const first: Promise<void>[] = []
    for (const probe of probes) {
      if (probe.frequency) void this.#watch(probe, probe.frequency)
      else if (probe.background) void this.#lookOnce(probe)
      else first.push(this.#lookOnce(probe))
    }
    const aborted = new Promise<void>((resolve) =>
      signal.addEventListener('abort', () => resolve(), { once: true }),
    )
    const tripped = new Promise<void>((resolve) =>
      this.#stopping.addEventListener('abort', () => resolve(), { once: true }),
    )
    await Promise.race([Promise.all(first), aborted, tripped])
    this.#hasBegun = true
    return { tripped: this.#tripped }
  }

  see(event: RunEvent): void {
    if (event.type === 'activity-started' && event.background) this.#inBackground.add(event.id)
    if (event.type === 'activity-completed') this.#inBackground.delete(event.id)
    // What is seen from then on would end the way back.
    if (event.type === 'rollbacks-decided') this.end()
  }

  /** Nothing that is seen from now on ends the run. */
  end(): void {
    this.#over.abort()
    this.#ended.abort()
  }

  get #stopping(): AbortSignal {
    return this.#over.signal
  }

  /** On a fixed grid: a point that was missed is skipped, not made up. */
  async #watch(probe: SafeguardProbe, seconds: number): Promise<void> {
    const { clock } = this.#context
    const started = clock.monotonic()
    while (!this.#stopping.aborted) {
      await this.#lookOnce(probe)
      const passed = (clock.monotonic() - started) / 1000
      const next = (Math.floor(passed / seconds) + 1) * seconds
      await this.#sleep((next - passed) * 1000)
    }
  }

  async #sleep(milliseconds: number): Promise<void> {
    // The end of the run calls it off.
    await this.#context.clock.sleep(milliseconds, this.#stopping).catch(() => undefined)
  }

  async #lookOnce(probe: SafeguardProbe): Promise<void> {
    const reason = await look(probe, this.#context, this.#stopping)
    if (reason !== undefined && !this.#stopping.aborted) this.#trip(probe, reason)
  }

  #trip({ name }: SafeguardProbe, reason: string): void {
    const { interrupt_after_activity: waits } = this.#arguments
    this.#tripped = `the safeguard '${name}' tripped: ${reason}`
    this.#over.abort()
    const when = waits ? ', once the current activity is over' : ''
    this.#context.log.warn(`Safeguard '${name}' triggered the end of the experiment${when} (${reason}).`)
    if (!waits && this.#hasBegun) void this.#interrupt(this.#tripped)
  }

  /** The first request ends what the run is waiting for, the second one background work too. */
  async #interrupt(reason: string): Promise<void> {
    const { interrupt, clock } = this.#context
    interrupt('graceful', reason)
    const { deadline } = this.#arguments
    try {
      if (deadline > 0) await clock.sleep(deadline * 1000, this.#ended.signal)
    } catch {
      // The run was on its way back sooner.
      return
    }
    if (this.#inBackground.size > 0) interrupt('graceful', `${reason}; background activities end too`)
  }
}
