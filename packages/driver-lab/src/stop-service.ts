import { defineUndo } from '@squall/contract'
import { stopService } from '@squall/lab'
import { z } from 'zod'
import { orActivityFailed } from './which-lab.ts'

/** Finds the instance by the tag it was started with, in the lab's record and in the environment of processes. */
export const stopServiceUndo = defineUndo({
  summary: 'Stops the instance that was started and removes its port from the port file.',
  args: z.strictObject({
    recordFile: z.string().describe('The file in which the lab is recorded.'),
    tag: z.string().describe('The name the instance was started with.'),
    process: z.strictObject({ pid: z.int(), startedAt: z.string() }).optional().describe('What was started.'),
  }),
  run: async (which, context) => {
    const stopped = await orActivityFailed(stopService(which))
    if (stopped) context.log.info(`stopped ${which.tag}`)
    return stopped ? 'undone' : 'not needed'
  },
})
