import { readdirSync, readFileSync } from 'node:fs'
import type { ProcessRow, ProcessTable } from '../process-table.ts'
import { tagVariable } from '../run-child.ts'
import { sendKill } from './send-kill.ts'

/** The processes of Linux, read from `/proc`. */
export const procTable: ProcessTable = {
  own: process.pid,
  rows: async () => readdirSync('/proc').flatMap((name) => (/^\d+$/.test(name) ? readRow(Number(name)) : [])),
  carries: (tag, pid) => contentOf(pid, 'environ').split('\0').includes(`${tagVariable}=${tag}`),
  kill: sendKill,
}

/** The session this process belongs to. */
export function sessionOfThisProcess(): number | undefined {
  return readRow(process.pid)[0]?.session
}

function readRow(pid: number): ProcessRow[] {
  const stat = contentOf(pid, 'stat')
  // The name stands in parentheses and may hold anything, also parentheses and blanks.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
  if (fields.length < 20) return []
  const [state, parent, , session] = fields
  return [
    {
      pid,
      parent: Number(parent),
      session: Number(session),
      startedAt: String(fields[19]),
      ended: state === 'Z' || state === 'X',
    },
  ]
}

function contentOf(pid: number, file: string): string {
  try {
    // Node reads small files as UTF-8 twice as fast as in any other encoding.
    return readFileSync(`/proc/${pid}/${file}`, 'utf8')
  } catch {
    // It ended while we looked, or belongs to another user: in both cases there is nothing to read.
    return ''
  }
}
