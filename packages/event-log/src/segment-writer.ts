import { Chain } from './chain.ts'
import { encodeLines, formatVersion, headText, sealText } from './line.ts'
import type { LogEnd } from './log-end.ts'
import type { LogFile, LogFiles } from './ports.ts'
import { segmentPath } from './segment-files.ts'

/** Readers hold a segment in memory, so large records end a segment before its number of records does. */
const segmentBytes = 32 * 1024 * 1024

export interface SegmentWriterOptions {
  readonly folder: string
  readonly id: string
  readonly segmentRecords: number
  readonly files: LogFiles
  /** Folders with new entries that are not yet safe from a loss of power. */
  readonly newEntries: readonly string[]
}

/** Writes sealed batches and begins a new segment when one is full. Its calls must not overlap. */
export class SegmentWriter {
  readonly #options: SegmentWriterOptions
  readonly #chain: Chain
  readonly #unsyncedFolders: Set<string>
  #file: LogFile
  #segment: number
  #size: number
  #records: number
  #unsealed: number

  private constructor(options: SegmentWriterOptions, end: LogEnd, file: LogFile) {
    this.#options = options
    this.#file = file
    this.#segment = end.segment
    this.#size = end.size ?? 0
    this.#records = end.records
    this.#unsealed = end.unsealed.records
    this.#chain = new Chain(end.chain)
    this.#chain.add(end.unsealed.bytes)
    this.#unsyncedFolders = new Set([...options.newEntries, options.folder])
  }

  static async open(options: SegmentWriterOptions, end: LogEnd): Promise<SegmentWriter> {
    const path = segmentPath(options.folder, end.segment)
    const { files } = options
    const file = end.size === undefined ? await files.create(path) : await files.resume(path, end.size)
    return new SegmentWriter(options, end, file)
  }

  /** How many records the next batch may hold. */
  get room(): number {
    const left = this.#isFull() ? 0 : this.#options.segmentRecords - this.#records
    return left > 0 ? left : this.#options.segmentRecords
  }

  /** Writes one batch of at most `room` records, given as JSON, and its seal. */
  async write(texts: readonly string[]): Promise<void> {
    if (this.#isFull()) await this.#beginSegment()
    await this.#writeSealed(texts)
  }

  /** Resolves once everything written survives a loss of power. */
  async sync(): Promise<void> {
    await this.#file.sync()
    for (const folder of this.#unsyncedFolders) {
      await this.#options.files.syncFolder(folder)
      this.#unsyncedFolders.delete(folder)
    }
  }

  async close(): Promise<void> {
    await this.#file.close()
  }

  async #writeSealed(texts: readonly string[]): Promise<void> {
    const lines = encodeLines(this.#size === 0 ? [this.#headText(), ...texts] : texts)
    this.#chain.add(lines)
    const seal = encodeLines([
      sealText({ records: this.#unsealed + texts.length, chain: this.#chain.seal() }),
    ])
    await this.#file.write(Buffer.concat([lines, seal]))
    this.#size += lines.length + seal.length
    this.#records += texts.length
    this.#unsealed = 0
  }

  #isFull(): boolean {
    return this.#records >= this.#options.segmentRecords || this.#size >= segmentBytes
  }

  async #beginSegment(): Promise<void> {
    // A crash may have left a full segment without its last seal.
    if (this.#unsealed > 0) await this.#writeSealed([])
    // On disk first: so only the last segment of a log can have a torn end, also after a loss of power.
    await this.#file.sync()
    const { files, folder } = this.#options
    const file = await files.create(segmentPath(folder, this.#segment + 1))
    const full = this.#file
    this.#file = file
    this.#unsyncedFolders.add(folder)
    this.#segment++
    this.#size = 0
    this.#records = 0
    await full.close()
  }

  #headText(): string {
    const { id } = this.#options
    return headText({
      format: formatVersion,
      log: id,
      segment: this.#segment,
      previous: this.#chain.current,
    })
  }
}
