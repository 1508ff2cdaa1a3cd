import net from 'node:net'
import type { ActivityContext, JsonValue, Log } from '@squall/contract'

const silence: Log = { debug: () => undefined, info: () => undefined, warn: () => undefined }

/** What a run gives to an activity; remembers what is registered for undo. */
export class TestContext implements ActivityContext {
  readonly signal: AbortSignal
  readonly log: Log = silence
  readonly configuration = {}
  readonly secrets = {}
  readonly options = {}
  readonly directory: string
  readonly clock = { now: () => Date.now(), monotonic: () => performance.now(), sleep: async () => undefined }
  readonly random = { next: () => Math.random() }
  /** Registered and amended undo records, in the order they were written. */
  readonly records: { func: string; args: JsonValue }[] = []
  readonly #whenRegistered: () => void

  constructor(directory: string, signal?: AbortSignal, whenRegistered: () => void = () => undefined) {
    this.directory = directory
    this.signal = signal ?? new AbortController().signal
    this.#whenRegistered = whenRegistered
  }

  async undo(func: string, args: JsonValue) {
    this.records.push({ func, args })
    this.#whenRegistered()
    return {
      amend: async (amended: JsonValue) => {
        this.records.push({ func, args: amended })
      },
    }
  }
}

/** Ports for a lab of which none is in use. */
export async function freeLabPorts() {
  for (;;) {
    const base = 12_000 + 30 * Math.floor(Math.random() * 600)
    const block = Array.from({ length: 30 }, (_, n) => base + n)
    if ((await Promise.all(block.map(isFree))).every(Boolean)) {
      return { gatewayPort: base, dataSourcePort: base + 10, showDataPort: base + 20 }
    }
  }
}

export function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = net.createServer()
    server.once('error', () => resolve(false))
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)))
  })
}
