/** One thing wrong with an experiment file. */
export interface Problem {
  /** `error` makes the experiment invalid, `warning` does not. */
  readonly level: 'error' | 'warning'
  /** A stable name for the rule, such as `activity-name-missing`. */
  readonly code: string
  /** Where, from the root of the document. */
  readonly path: readonly (string | number)[]
  readonly message: string
  readonly hint: string
  /** Name of the activity it is in. */
  readonly activity?: string
  /** `file:line:column`, once it was looked up. */
  readonly at?: string
}

export type Path = readonly (string | number)[]

type Report = (code: string, path: Path, message: string, hint: string) => void

/** Collects problems while a document is looked through. */
export class Problems {
  readonly found: Problem[] = []

  readonly error: Report = (code, path, message, hint) => {
    this.found.push({ level: 'error', code, path, message, hint })
  }

  readonly warn: Report = (code, path, message, hint) => {
    this.found.push({ level: 'warning', code, path, message, hint })
  }
}
