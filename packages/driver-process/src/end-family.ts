import type { ProcessRow, ProcessTable } from './process-table.ts'
import type { Family, FamilyEnd } from './process-world.ts'

const mostRounds = 10

/**
 * Kills a child of squall and everything it started: its descendants, and orphans that carry its tag and never left
 * its session. What made itself a session of its own and has no parent left there is a daemon, and stays.
 */
export async function endFamily(table: ProcessTable, family: Family): Promise<FamilyEnd> {
  const ended = new Set<number>()
  const refused = new Set<number>()
  // More than one round, for what a process started while the table was read.
  for (let round = 0; round < mostRounds; round++) {
    const fresh = membersOf(family, await table.rows(), table).filter(
      ({ pid }) => !ended.has(pid) && !refused.has(pid),
    )
    if (fresh.length === 0) break
    for (const { pid } of fresh) {
      const outcome = table.kill(pid)
      if (outcome === 'sent') ended.add(pid)
      if (outcome === 'refused') refused.add(pid)
    }
  }
  return { ended: [...ended], refused: [...refused] }
}

/** Parents come before their children: a shell that outlives its command would go on with the next one. */
function membersOf(family: Family, rows: readonly ProcessRow[], table: ProcessTable): ProcessRow[] {
  const spared = ancestorsOf(table.own, rows)
  const living = rows.filter((row) => !row.ended && !spared.has(row.pid))
  const found = new Set(living.filter((row) => isRoot(row, family, table)))
  // A set may grow while it is walked: children are met after their parents.
  for (const parent of found) {
    for (const row of living) if (row.parent === parent.pid) found.add(row)
  }
  return [...found]
}

function isRoot(row: ProcessRow, family: Family, table: ProcessTable): boolean {
  if (row.pid === family.pid) return family.startedAt === undefined || family.startedAt === row.startedAt
  return family.session !== undefined && row.session === family.session && table.carries(family.tag, row.pid)
}

/** A process and its ancestors, and the first process of the machine: never to be killed. */
function ancestorsOf(pid: number, rows: readonly ProcessRow[]): Set<number> {
  const parents = new Map(rows.map((row) => [row.pid, row.parent]))
  const chain = new Set([0, 1])
  for (let at: number | undefined = pid; at !== undefined && !chain.has(at); at = parents.get(at))
    chain.add(at)
  return chain
}
