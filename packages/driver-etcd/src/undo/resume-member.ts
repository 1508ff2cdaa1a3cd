import { defineUndo } from '@squall/contract'
import { z } from 'zod'
import { isFrozen } from '../host/is-frozen.ts'
import { send } from '../host/process-mark.ts'

export const resumeMember = defineUndo({
  summary: 'Lets the member that was frozen go on.',
  args: z.strictObject({ pid: z.int(), startedAt: z.string() }),
  run: async (mark) => {
    const wasFrozen = isFrozen(mark.pid)
    // Sent in any case: a signal to stop may be on its way, and this one takes it back.
    return send(mark, 'SIGCONT') && wasFrozen ? 'undone' : 'not needed'
  },
})
