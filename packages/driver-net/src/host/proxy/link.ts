import type { Socket } from 'node:net'
import type { Toxic } from '../../toxic-types.ts'
import { makeStage } from './make-stage.ts'
import type { Stage, Taker, Wire } from './stage.ts'

interface Worker {
  readonly toxic: Toxic
  readonly stage: Stage
}

/** One direction of a connection: from a socket through the toxics to the other. Without toxics it only hands on. */
export class Link {
  readonly #source: Socket
  readonly #destination: Socket
  readonly #wire: Wire
  readonly #sink: Taker
  #workers: readonly Worker[] = []
  #head: Taker
  #hasEnded = false

  constructor(source: Socket, destination: Socket, wire: Omit<Wire, 'eased' | 'finish'>) {
    this.#source = source
    this.#destination = destination
    this.#wire = {
      ...wire,
      eased: () => this.#balance(),
      finish: () => void destination.once('finish', () => wire.close()),
    }
    this.#sink = this.#head = {
      data: (chunk) => {
        if (!destination.writableEnded && !destination.write(chunk)) source.pause()
      },
      end: () => destination.end(),
    }
    source.on('data', (chunk: Buffer) => {
      this.#head.data(chunk)
      if (this.#workers.length > 0) this.#balance()
    })
    source.on('end', () => {
      this.#hasEnded = true
      this.#head.end()
    })
    destination.on('drain', () => this.#balance())
  }

  /** Puts these toxics to work in this order: those that stay as they are go on undisturbed. */
  use(toxics: readonly Toxic[]): void {
    const before = new Map(this.#workers.map((worker) => [worker.toxic.name, worker]))
    const stages: Worker[] = []
    let next = this.#sink
    // From the end to the start, so that what a stage lets go finds the stages behind it.
    for (const toxic of [...toxics].reverse()) {
      const worker = this.#workerOf(toxic, next, before.get(toxic.name))
      stages.unshift(worker)
      next = worker.stage
    }
    this.#letGo(stages)
    this.#workers = stages
    this.#head = next
    this.#balance()
  }

  cancel(): void {
    for (const { stage } of this.#workers) stage.cancel()
  }

  #workerOf(toxic: Toxic, next: Taker, before: Worker | undefined): Worker {
    if (before?.toxic === toxic) {
      before.stage.next = next
      return before
    }
    const stage = makeStage(toxic, next, this.#wire, before?.stage)
    return { toxic, stage }
  }

  /** What a stage that goes had in hand goes past it, to the next one that works now. */
  #letGo(workers: readonly Worker[]): void {
    const now = new Map(workers.map((worker) => [worker.toxic.name, worker]))
    let behind = this.#sink
    for (const { toxic, stage } of [...this.#workers].reverse()) {
      const present = now.get(toxic.name)
      if (present?.stage !== stage) {
        stage.next = behind
        stage.release(present ? 'changed' : 'removed')
      }
      behind = present?.stage ?? behind
    }
  }

  #balance(): void {
    if (this.#hasEnded || this.#source.destroyed) return
    const isFull = this.#destination.writableNeedDrain || this.#workers.some(({ stage }) => stage.isFull)
    if (isFull) this.#source.pause()
    if (!isFull && this.#source.isPaused()) this.#source.resume()
  }
}
