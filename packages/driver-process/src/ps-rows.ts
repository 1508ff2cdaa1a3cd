import type { ProcessRow } from './process-table.ts'

/** What to ask `ps` for. */
export const psArguments: readonly string[] = ['-axo', 'pid=,ppid=,stat=,lstart=']

/** Reads what `ps` answers. */
export function parsePs(output: string): ProcessRow[] {
  return output.split('\n').flatMap((line) => {
    const [, pid, parent, state, startedAt] = /^\s*(\d+)\s+(\d+)\s+(\S+)\s+(.*\S)\s*$/.exec(line) ?? []
    if (!state || !startedAt) return []
    return [{ pid: Number(pid), parent: Number(parent), startedAt, ended: state.startsWith('Z') }]
  })
}
