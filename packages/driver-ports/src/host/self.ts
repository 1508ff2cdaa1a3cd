import type { ProcessTable } from '../process-table.ts'

/** squall's own process and user. */
export function selfIdentity(): ProcessTable['self'] {
  return { pid: process.pid, uid: process.getuid?.() ?? null }
}
