import { randomUUID } from 'node:crypto'
import type { HealOptions } from '../recovery/heal-run.ts'
import { systemClock } from './clock.ts'
import { isAlive, ownIdentity } from './process-identity.ts'

/** Healing as this process does it. */
export function healOptions(): HealOptions {
  return { self: ownIdentity(), token: randomUUID(), isAlive, clock: systemClock, environment: process.env }
}
