import { stopMarkedRun } from '@squall/chaos'
import { defineUndo } from '@squall/contract'
import { z } from 'zod'
import { atServer } from './at-server.ts'
import { serverArguments } from './server-arguments.ts'

export const undoStopChaos = defineUndo({
  summary: 'Stops the chaos that was started. Chaos that somebody else has started since goes on.',
  args: z.strictObject({
    ...serverArguments,
    mark: z.string().describe('What the run bears in its `Context`.'),
    was_answered: z.boolean().describe('Whether the server has answered to the start.'),
  }),
  run: ({ mark, was_answered: wasAnswered, ...where }, { clock, signal }) =>
    atServer(where, signal, async (client) => {
      const had = await stopMarkedRun(client, { mark, wasAnswered }, { clock, signal })
      return had ? 'undone' : 'not needed'
    }),
})
