import { randomBytes } from 'node:crypto'

/** A fresh seed for a run that was given none. */
export function freshSeed(): string {
  return randomBytes(6).toString('hex')
}
