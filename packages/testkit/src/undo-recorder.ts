import type { JsonValue, RegisteredUndo } from '@squall/contract'
import { jsonFlaw } from './json-flaw.ts'
import { LawBroken } from './law.ts'

/** A registered undo, as a log keeps it. */
export interface UndoRecord {
  readonly func: string
  readonly args: JsonValue
}

/** Keeps what is registered for undo the way a log does: as JSON, in order, with amendments. */
export class UndoRecorder {
  readonly #records: UndoRecord[] = []
  readonly #onWrite: (id: number, record: UndoRecord) => void

  /** `onWrite` is called for each registration and each amendment, with the same `id` for both. */
  constructor(onWrite: (id: number, record: UndoRecord) => void = () => {}) {
    this.#onWrite = onWrite
  }

  /** What was registered, oldest first, with the arguments as amended last. */
  get records(): readonly UndoRecord[] {
    return [...this.#records]
  }

  /** Throws `LawBroken` for arguments that are not JSON. */
  register(func: string, args: JsonValue): RegisteredUndo {
    const id = this.#records.length
    this.#write(id, func, args)
    return { amend: async (amended) => this.#write(id, func, amended) }
  }

  #write(id: number, func: string, args: JsonValue): void {
    const flaw = jsonFlaw(args, 'the arguments')
    if (flaw !== undefined) throw new LawBroken(`The undo '${func}' was registered with no JSON: ${flaw}.`)
    const record = { func, args: JSON.parse(JSON.stringify(args)) as JsonValue }
    this.#records[id] = record
    this.#onWrite(id, record)
  }
}
