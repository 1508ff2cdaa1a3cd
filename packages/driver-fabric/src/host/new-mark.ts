import { randomUUID } from 'node:crypto'

/** A name by which a run is found again, chosen before it begins. */
export function newMark(): string {
  return randomUUID()
}
