import type { Fault, FaultOutcome } from '@squall/contract'
import type { ChaosEvent } from '../../chaos-parts.ts'

/** What a run of chaos came to. */
export interface ChaosTally {
  readonly seed?: number
  readonly iterations: number
  /** By kind: how many were chosen, and how they ended where that is known. */
  readonly faults: Readonly<Record<string, FaultTally>>
  readonly validationFailures: readonly string[]
  readonly testErrors: readonly string[]
  readonly stopped?: string
}

export interface FaultTally {
  readonly chosen: number
  readonly outcomes: Readonly<Record<string, number>>
}

/** Sums up events and outcomes as they come. */
export class Tallier {
  #seed: number | undefined
  #iterations = 0
  readonly #faults = new Map<string, { chosen: number; outcomes: Map<string, number> }>()
  readonly #validationFailures: string[] = []
  readonly #testErrors: string[] = []
  #stopped: string | undefined

  event(event: ChaosEvent): void {
    switch (event.kind) {
      case 'Started':
        this.#seed = event.seed
        return
      case 'ExecutingFaults':
        this.#iterations += 1
        for (const fault of event.faults) this.#of(fault).chosen += 1
        return
      case 'ValidationFailed':
        this.#validationFailures.push(event.reason)
        return
      case 'TestError':
        this.#testErrors.push(event.reason)
        return
      case 'Stopped':
        this.#stopped = event.reason
        return
      default:
        return
    }
  }

  outcome(fault: Fault, { outcome }: FaultOutcome): void {
    const { outcomes } = this.#of(fault)
    outcomes.set(outcome, (outcomes.get(outcome) ?? 0) + 1)
  }

  get tally(): ChaosTally {
    const faults = [...this.#faults].sort(([a], [b]) => (a < b ? -1 : 1))
    return {
      ...(this.#seed === undefined ? {} : { seed: this.#seed }),
      iterations: this.#iterations,
      faults: Object.fromEntries(
        faults.map(([kind, { chosen, outcomes }]) => [
          kind,
          { chosen, outcomes: Object.fromEntries(outcomes) },
        ]),
      ),
      validationFailures: this.#validationFailures,
      testErrors: this.#testErrors,
      ...(this.#stopped === undefined ? {} : { stopped: this.#stopped }),
    }
  }

  #of(fault: Fault): { chosen: number; outcomes: Map<string, number> } {
    const kind = fault.kind === 'driver' ? fault.name : fault.kind
    const known = this.#faults.get(kind) ?? { chosen: 0, outcomes: new Map() }
    this.#faults.set(kind, known)
    return known
  }
}
