import { promisify } from 'node:util'
import type { ProcessTable } from '../process-table.ts'
import { parsePs, psArguments } from '../ps-rows.ts'
import { sendKill } from './send-kill.ts'

/** The processes of systems without `/proc`, as `ps` tells them. It shows no environment, so tags are not found. */
export const psTable: ProcessTable = {
  own: process.pid,
  rows: async () => {
    const { stdout } = await promisify(process.getBuiltinModule('node:child_process').execFile)(
      'ps',
      [...psArguments],
      {
        env: { ...process.env, LC_ALL: 'C' },
      },
    )
    return parsePs(stdout)
  },
  carries: () => false,
  kill: sendKill,
}
