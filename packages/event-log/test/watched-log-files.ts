import { type LogFile, type LogFiles, nodeLogFiles } from '../src/index.ts'

/** The real file system, with everything counted, and failures and delays on demand. */
export class WatchedLogFiles implements LogFiles {
  readonly paths: string[] = []
  readonly syncedFolders: string[] = []
  writes = 0
  syncs = 0
  open = 0
  #overlapping = 0
  hasOverlapped = false
  /** The next call of that kind fails with this code, a write after half of its bytes. */
  failWith: { write?: string; sync?: string; create?: string } = {}
  #held: Promise<void> | undefined
  #release: (() => void) | undefined

  /** Makes every sync wait until `releaseSyncs`. */
  holdSyncs(): void {
    this.#held = new Promise((resolve) => {
      this.#release = resolve
    })
  }

  releaseSyncs(): void {
    this.#held = undefined
    this.#release?.()
  }

  async prepare(folder: string): Promise<readonly string[]> {
    return nodeLogFiles.prepare(folder)
  }

  async create(path: string): Promise<LogFile> {
    this.#mayFail('create')
    this.paths.push(path)
    return this.#watch(await nodeLogFiles.create(path))
  }

  async resume(path: string, size: number): Promise<LogFile> {
    this.paths.push(path)
    return this.#watch(await nodeLogFiles.resume(path, size))
  }

  async syncFolder(folder: string): Promise<void> {
    this.syncedFolders.push(folder)
    await nodeLogFiles.syncFolder(folder)
  }

  #watch(file: LogFile): LogFile {
    this.open++
    return {
      write: (bytes) =>
        this.#alone(async () => {
          this.writes++
          if (this.failWith.write) await file.write(bytes.subarray(0, bytes.length / 2))
          this.#mayFail('write')
          await file.write(bytes)
        }),
      sync: () =>
        this.#alone(async () => {
          this.syncs++
          await this.#held
          this.#mayFail('sync')
          await file.sync()
        }),
      close: async () => {
        this.open--
        await file.close()
      },
    }
  }

  async #alone(task: () => Promise<void>): Promise<void> {
    this.#overlapping++
    if (this.#overlapping > 1) this.hasOverlapped = true
    try {
      await task()
    } finally {
      this.#overlapping--
    }
  }

  #mayFail(call: 'write' | 'sync' | 'create'): void {
    const code = this.failWith[call]
    if (code) throw Object.assign(new Error(`${code}: as the test wants`), { code })
  }
}

/** A timer that rings when the test says so. */
export class ManualTimer {
  readonly waiting: { readonly milliseconds: number; readonly fire: () => void }[] = []

  readonly start = (milliseconds: number, fire: () => void): (() => void) => {
    const entry = { milliseconds, fire }
    this.waiting.push(entry)
    return () => this.#drop(entry)
  }

  ring(): void {
    for (const entry of [...this.waiting]) {
      this.#drop(entry)
      entry.fire()
    }
  }

  #drop(entry: (typeof this.waiting)[number]): void {
    const at = this.waiting.indexOf(entry)
    if (at >= 0) this.waiting.splice(at, 1)
  }
}
