import { randomUUID } from 'node:crypto'

/** A name no other run has. */
export function randomName(): string {
  return randomUUID()
}
