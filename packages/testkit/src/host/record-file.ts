import { closeSync, fsyncSync, openSync, readFileSync, writeSync } from 'node:fs'
import type { UndoRecord } from '../undo-recorder.ts'

/** A log of undos: one line each, on disk when `append` returns; a later line with the same `id` amends. */
export class RecordFile {
  readonly #file: string

  constructor(file: string) {
    this.#file = file
  }

  append(id: number, record: UndoRecord): void {
    const log = openSync(this.#file, 'a')
    try {
      writeSync(log, `${JSON.stringify({ id, ...record })}\n`)
      fsyncSync(log)
    } finally {
      closeSync(log)
    }
  }

  /** What was recorded, oldest first. A line that its writer did not finish does not count. */
  read(): readonly UndoRecord[] {
    const lines = readFileSync(this.#file, 'utf8').split('\n').slice(0, -1)
    const records = new Map<number, UndoRecord>()
    for (const line of lines) {
      const { id, func, args } = JSON.parse(line) as UndoRecord & { id: number }
      records.set(id, { func, args })
    }
    return [...records.values()]
  }
}
