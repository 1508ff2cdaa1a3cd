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
  /** Mended once for the whole file: all that say the same are told as one. */
  readonly once?: boolean
  /** The other places of a problem that is told once. */
  readonly also?: readonly ProblemPlace[]
}

/** Where a problem is once more. */
export interface ProblemPlace {
  readonly at: string
  readonly activity?: string
}

export type Path = readonly (string | number)[]

type Report = (code: string, path: Path, message: string, hint: string, more?: { once?: boolean }) => void

/** Collects problems while a document is looked through. */
export class Problems {
  readonly found: Problem[] = []

  readonly error: Report = (code, path, message, hint, more) => {
    this.found.push({ level: 'error', code, path, message, hint, ...more })
  }

  readonly warn: Report = (code, path, message, hint, more) => {
    this.found.push({ level: 'warning', code, path, message, hint, ...more })
  }
}
