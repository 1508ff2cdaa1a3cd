import { startMarkedRun, untilOver } from '@squall/chaos'
import { defineAction, type JsonObject } from '@squall/contract'
import { z } from 'zod'
import { atCluster } from '../at-cluster.ts'
import { clusterArguments, settingsOf } from '../cluster-settings.ts'
import { newMark } from '../host/new-mark.ts'
import { parametersArgument } from '../parameters-argument.ts'

export const startChaos = defineAction({
  summary: 'Starts Chaos in a Service Fabric cluster, and stops it at the end of the experiment.',
  args: z.strictObject({
    parameters: parametersArgument,
    wait: z.boolean().default(false).describe('Whether to wait until the run is over.'),
    ...clusterArguments,
  }),
  undoneBy: ['stop_chaos'],
  targets: async (args, context) => [`the Service Fabric cluster ${settingsOf(args, context).endpoint}`],
  run: async (args, context) => {
    const settings = settingsOf(args, context)
    const mark = newMark()
    const run = { parameters: args.parameters as JsonObject, mark, undo: settings as unknown as JsonObject }
    return atCluster(settings, context.signal, async (client) => {
      await startMarkedRun(client, run, (undo) => context.undo('stop_chaos', undo))
      context.log.info(`Chaos was started in ${settings.endpoint}.`)
      return args.wait ? untilOver(client, mark, context) : {}
    })
  },
})
