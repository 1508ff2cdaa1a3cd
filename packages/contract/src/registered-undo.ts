import type { JsonValue } from './json.ts'

export interface RegisteredUndo {
  /** Replaces the arguments by what was learned since, such as the pid of a child that now runs. */
  amend(args: JsonValue): Promise<void>
}
