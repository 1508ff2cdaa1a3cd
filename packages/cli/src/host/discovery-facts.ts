import { randomUUID } from 'node:crypto'
import os from 'node:os'
import type { DiscoveryFacts } from '../discovery/discovery-of-driver.ts'

/** The facts of this machine and moment (spec 23.1). */
export function discoveryFacts(): DiscoveryFacts {
  return {
    id: randomUUID(),
    date: new Date().toISOString(),
    platform: {
      system: os.type(),
      node: os.hostname(),
      release: os.release(),
      version: os.version(),
      machine: os.machine(),
      proc: os.cpus()[0]?.model ?? '',
      nodejs: process.version,
    },
  }
}
