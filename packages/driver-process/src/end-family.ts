import type { ProcessRow, ProcessTable } from './process-table.ts'
import type { Family, FamilyEnd } from './process-world.ts'

export interface Patience {
  readonly limitMs: number
  /** Milliseconds of a clock that never goes back. */
  now(): number
  wait(milliseconds: number): Promise<void>
}

const betweenLooksMs = 4

/**
 * Kills a child of squall and everything it started, and looks until nothing of it is left: its descendants, and
 * orphans that carry its tag and never left its session. What made itself a session of its own and has no parent left
 * there is a daemon, and stays.
 */
export async function endFamily(table: ProcessTable, family: Family, patience: Patience): Promise<FamilyEnd> {
  const deadline = patience.now() + patience.limitMs
  const outcomes = new Map<number, 'sent' | 'gone' | 'refused'>()
  for (;;) {
    const found = membersOf(family, await table.rows(), table).map(({ pid }) => pid)
    for (const pid of found) if (!outcomes.has(pid)) outcomes.set(pid, table.kill(pid))
    const remaining = found.filter((pid) => outcomes.get(pid) === 'sent')
    // A killed process takes a moment to go, and may have started another one while the table was read.
    if (remaining.length === 0 || patience.now() >= deadline) return familyEnd(outcomes, remaining)
    await patience.wait(betweenLooksMs)
  }
}

function familyEnd(outcomes: Map<number, 'sent' | 'gone' | 'refused'>, remaining: number[]): FamilyEnd {
  const pids = (wanted: string) =>
    [...outcomes].flatMap(([pid, outcome]) => (outcome === wanted ? [pid] : []))
  return { ended: pids('sent'), remaining, refused: pids('refused') }
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
