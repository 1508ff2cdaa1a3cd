import type { RawExperiment } from '@squall/contract'

/** `module`: it was made by code, so nothing in it has a place in the file. */
export type SourceFormat = 'json' | 'yaml' | 'module'

/** A document that was read: its value, and its text for finding places in it. */
export interface LoadedExperiment {
  /** The path or URL as it was given. */
  readonly source: string
  readonly raw: RawExperiment
  readonly text: string
  readonly format: SourceFormat
  /** The folder of the file; the working directory for a URL. Relative module paths start here. */
  readonly directory: string
}
