import type { ChildEnd, ChildRequest } from './run-child.ts'

/** What the driver needs of the machine. */
export interface ProcessWorld {
  /** Environment variables: `PATH`, `PATHEXT` and `HOME` are read. */
  readonly environment: Readonly<Record<string, string | undefined>>
  /** A value of Node's `process.platform`. */
  readonly platform: string
  /** A mark for one child, never given twice on this machine. */
  newTag(): string
  /** The session that children are born into; absent where the system does not tell. */
  session(): Promise<number | undefined>
  /** The moment a process began; absent where a tag is enough to find it again. */
  startedAt(pid: number): Promise<string | undefined>
  run(request: ChildRequest): Promise<ChildEnd>
  /** Kills a family and waits up to `limitMs` for it to be gone. */
  end(target: Family, limitMs: number): Promise<FamilyEnd>
}

/** A child that squall started, with everything below it. */
export interface Family {
  readonly tag: string
  readonly session?: number
  readonly pid?: number
  readonly startedAt?: string
}

/** What came of ending a family. */
export interface FamilyEnd {
  /** Pids that got SIGKILL. */
  readonly ended: readonly number[]
  /** Those of them that were still there in the end. */
  readonly remaining: readonly number[]
  /** Pids that squall may not kill. */
  readonly refused: readonly number[]
}
