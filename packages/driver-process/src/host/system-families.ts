import { setTimeout as delay } from 'node:timers/promises'
import { endFamily } from '../end-family.ts'
import type { ProcessTable } from '../process-table.ts'
import type { Family, FamilyEnd } from '../process-world.ts'
import { procTable, sessionOfThisProcess } from './proc-table.ts'

const linux = process.platform === 'linux'

/** Ends a child of squall and what it started, in the way of this system. */
export async function endOnSystem(family: Family, limitMs: number): Promise<FamilyEnd> {
  if (process.platform === 'win32') return (await import('./taskkill.ts')).taskkill(family)
  return endFamily(await systemTable(), family, {
    limitMs,
    now: () => performance.now(),
    wait: (milliseconds) => delay(milliseconds),
  })
}

/** The session of this process, into which its children are born; Linux only. */
export async function ownSession(): Promise<number | undefined> {
  return linux ? sessionOfThisProcess() : undefined
}

/** The moment a process began, where its tag cannot be looked up later. */
export async function startedAt(pid: number): Promise<string | undefined> {
  if (linux || process.platform === 'win32') return undefined
  return (await (await systemTable()).rows()).find((row) => row.pid === pid)?.startedAt
}

async function systemTable(): Promise<ProcessTable> {
  return linux ? procTable : (await import('./ps-table.ts')).psTable
}
