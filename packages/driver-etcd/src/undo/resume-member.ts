import { defineUndo } from '@squall/contract'
import { readStat } from '@squall/procfs'
import { z } from 'zod'
import { send } from '../host/send.ts'

export const resumeMember = defineUndo({
  summary: 'Lets the member that was frozen go on.',
  args: z.strictObject({ pid: z.int(), startedAt: z.string() }),
  run: async (mark) => {
    const wasFrozen = readStat(mark.pid)?.isStopped === true
    // Sent in any case: a signal to stop may be on its way, and this one takes it back.
    return send(mark, 'SIGCONT') && wasFrozen ? 'undone' : 'not needed'
  },
})
