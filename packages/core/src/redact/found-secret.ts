import type { NamedSecret } from './named-secrets.ts'

/** A stretch of a text that gives a secret away. */
export interface Found {
  readonly start: number
  readonly end: number
  readonly secret: NamedSecret
}
