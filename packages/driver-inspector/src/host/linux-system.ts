import { randomUUID } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import type { InspectorSystem } from '../inspector-system.ts'
import type { Inspectors } from '../session.ts'
import { Visits } from '../visits.ts'
import { linuxProcessTable } from './linux-process-table.ts'

/** This machine. */
export const linuxSystem: InspectorSystem = {
  processes: linuxProcessTable,
  visits: new Visits(),
  // Loaded when it is needed: its library is large.
  inspectors: {
    find: async (place, signal) => (await webSockets()).find(place, signal),
    connect: async (url, signal) => (await webSockets()).connect(url, signal),
  },
  readText: (file) => readFile(file, 'utf8').catch(() => null),
  newId: () => randomUUID(),
}

async function webSockets(): Promise<Inspectors> {
  return (await import('./web-socket-inspectors.ts')).webSocketInspectors
}
