import { stopMarkedRun } from '@squall/chaos'
import { defineUndo } from '@squall/contract'
import { z } from 'zod'
import { atCluster } from './at-cluster.ts'
import { clusterSettings } from './cluster-settings.ts'

export const undoStopChaos = defineUndo({
  summary: 'Stops the Chaos that was started. Chaos that somebody else has started since goes on.',
  args: clusterSettings.extend({
    mark: z.string().describe('What the run bears in its `Context`.'),
    was_answered: z.boolean().describe('Whether the cluster has answered to the start.'),
  }),
  run: ({ mark, was_answered: wasAnswered, ...settings }, context) =>
    atCluster(settings, context.signal, async (client) => {
      const had = await stopMarkedRun(client, { mark, wasAnswered }, context)
      return had ? 'undone' : 'not needed'
    }),
})
