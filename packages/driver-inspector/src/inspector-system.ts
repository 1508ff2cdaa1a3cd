import type { ProcessTable } from './process-table.ts'
import type { Inspectors } from './session.ts'
import type { Visits } from './visits.ts'

/** What the driver needs of the machine. */
export interface InspectorSystem {
  readonly processes: ProcessTable
  readonly inspectors: Inspectors
  readonly visits: Visits
  /** Null when the file cannot be read. */
  readText(file: string): Promise<string | null>
  /** A name that nobody else has. */
  newId(): string
}
