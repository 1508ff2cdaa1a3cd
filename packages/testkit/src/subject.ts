import type { Driver, StandardSchema } from '@squall/contract'
import type { Address } from './call.ts'
import type { Law } from './law.ts'
import type { Sample } from './samples.ts'

/** What the laws are tried on: one activity or provider type with one sample. */
export interface Subject {
  /** `pause`, or `pause (one of several)`. */
  readonly name: string
  readonly address: Address
  readonly kind: 'probe' | 'action'
  /** Undo functions it may register. */
  readonly undoneBy: readonly string[]
  readonly result?: StandardSchema | undefined
  readonly sample: Sample
  /** Makes a driver as if in a fresh process. */
  readonly makeDriver: () => Driver
  /** URL of the built driver. */
  readonly driverFile: string
}

/** A law about a subject. */
export function lawOf({ name }: Subject, text: string, check: () => Promise<void>): Law {
  return { name: `${name}: ${text}`, check }
}

export function isUndoable(subject: Subject): boolean {
  return subject.undoneBy.length > 0
}
