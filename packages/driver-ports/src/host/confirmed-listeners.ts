import type { Listener } from '../port-table.ts'
import type { ProcessTable } from '../process-table.ts'

/** A row of a tool that knows pids but no start times. */
export interface PidRow {
  readonly pid: number
  readonly uid: number | null
  readonly port: number
  readonly address: string
  readonly family: 'IPv4' | 'IPv6'
}

/**
 * Joins the rows of a tool with the processes behind the pids. The tool is asked once more afterwards, and only what
 * both answers show counts: else a pid that changed hands in between would get the wrong start time.
 */
export async function confirmedListeners(
  look: () => Promise<readonly PidRow[]>,
  processes: ProcessTable,
): Promise<readonly Listener[]> {
  const rows = await look()
  if (rows.length === 0) return []
  const known = new Map((await processes.list()).map((facts) => [facts.pid, facts]))
  const again = new Set((await look()).map(keyOf))
  return rows
    .filter((row) => again.has(keyOf(row)))
    .map(({ pid, uid, port, address, family }) => {
      const facts = known.get(pid)
      const holder = facts ? { pid, startedAt: facts.startedAt } : null
      return { port, address, family, holder, uid: uid ?? facts?.uid ?? null, namespace: null }
    })
}

function keyOf({ pid, port, address }: PidRow): string {
  return `${pid} ${port} ${address}`
}
