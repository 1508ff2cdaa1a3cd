import type { Children } from './children.ts'
import type { ControlGroups } from './control-groups.ts'
import type { Files } from './files.ts'
import type { ProcessTable } from './process-table.ts'
import type { Readings } from './readings.ts'

/** What the driver needs of the machine. */
export interface OsSystem {
  readonly processes: ProcessTable
  readonly children: Children
  readonly files: Files
  readonly groups: ControlGroups
  readonly readings: Readings
  /** Where this program lies, or null when it is not installed. */
  programPath(name: string): string | null
  /** The library that skews the clock of the program it is loaded into, or null when it is not installed. */
  clockLibrary(): string | null
  /** A name that nobody else has. */
  newId(): string
}
