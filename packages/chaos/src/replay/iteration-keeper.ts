import path from 'node:path'
import { dropSegments, type EventLog, iterateEventLog, type LogBroken, openEventLog } from '@squall/event-log'
import type { IterationResult } from '../engine/effect.ts'
import type { IterationRecord } from './iteration-record.ts'

/** Records of a segment; two are kept full, so a hundred iterations at least can be replayed. */
const segmentRecords = 200

type Line =
  | { readonly planned: IterationRecord }
  | {
      readonly ended: {
        readonly seed: number
        readonly iteration: number
        readonly results: readonly IterationResult[]
      }
    }

/** Keeps the latest iterations of clusters that are not too large, so that they can be explained, replayed and shrunk. */
export class IterationKeeper {
  readonly #log: EventLog<Line>
  readonly #mostEntities: number
  #lines = 0

  private constructor(log: EventLog<Line>, mostEntities: number) {
    this.#log = log
    this.#mostEntities = mostEntities
  }

  static async open(
    store: string,
    mostEntities: number,
    onError: (error: LogBroken) => void,
  ): Promise<IterationKeeper> {
    const folder = path.join(store, 'iterations')
    const log = await openEventLog<Line>(folder, { damage: 'skip', segmentRecords, onError })
    return new IterationKeeper(log, mostEntities)
  }

  keep(record: IterationRecord): void {
    const { nodes, replicas, codePackages } = record.snapshot
    if (nodes.length + replicas.length + codePackages.length <= this.#mostEntities)
      this.#append({ planned: record })
  }

  end(seed: number, iteration: number, results: readonly IterationResult[]): void {
    this.#append({ ended: { seed, iteration, results } })
  }

  /** The iterations kept, oldest first; one that chose again after a refusal is there once for each choice. */
  async all(): Promise<readonly IterationRecord[]> {
    await this.#log.flush()
    const records: IterationRecord[] = []
    for await (const { record } of iterateEventLog<Line>(this.#log.folder, { damage: 'skip' })) {
      if ('planned' in record) records.push(record.planned)
      else this.#fill(records, record.ended)
    }
    return records
  }

  async close(): Promise<void> {
    await this.#log.close()
  }

  #fill(records: IterationRecord[], ended: Extract<Line, { ended: unknown }>['ended']): void {
    const at = records.findLastIndex(
      ({ request }) => request.seed === ended.seed && request.iteration === ended.iteration,
    )
    const record = records[at]
    if (record) records[at] = { ...record, results: ended.results }
  }

  #append(line: Line): void {
    this.#log.append(line)
    this.#lines++
    if (this.#lines % segmentRecords === 0) this.#dropOld().catch(() => undefined)
  }

  /** What cannot be dropped now is dropped with the next ones: the files are only kept a while longer. */
  async #dropOld(): Promise<void> {
    await this.#log.flush()
    let newest = 0
    for await (const { segment } of iterateEventLog<Line>(this.#log.folder, { damage: 'skip' }))
      newest = segment
    await dropSegments(this.#log.folder, newest - 2)
  }
}
