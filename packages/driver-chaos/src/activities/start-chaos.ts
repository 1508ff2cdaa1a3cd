import { type StartOptions, startMarkedRun, untilOver } from '@squall/chaos'
import { defineAction, type JsonObject } from '@squall/contract'
import { z } from 'zod'
import { atServer } from '../at-server.ts'
import { choiceArguments } from '../choice-arguments.ts'
import { newMark } from '../host/new-mark.ts'
import { parametersArgument } from '../parameters-argument.ts'
import { absolute, serverArguments } from '../server-arguments.ts'
import { reportResult } from './chaos-report.ts'

export const startChaos = defineAction({
  summary: 'Starts continuous chaos on a server, and stops it at the end of the experiment.',
  args: z.strictObject({
    parameters: parametersArgument,
    ...choiceArguments,
    wait: z.boolean().default(false).describe('Whether to wait until the run is over.'),
    ...serverArguments,
  }),
  result: z.union([z.object({ started: z.literal(true) }), reportResult]),
  undoneBy: ['stop_chaos'],
  targets: async ({ server }) => [`the cluster of the chaos server ${server}`],
  run: async ({ parameters, seed, kinds, exclude, wait, ...door }, context) => {
    const where = absolute(door, context.directory)
    const mark = newMark()
    const options = given({ seed, kinds, exclude })
    const run = { parameters: parameters as JsonObject, options, mark, undo: where as unknown as JsonObject }
    return atServer(where, context.signal, async (client) => {
      await startMarkedRun(client, run, (args) => context.undo('stop_chaos', args))
      context.log.info(`Chaos was started at ${where.server}.`)
      return wait ? untilOver(client, mark, context) : { started: true as const }
    })
  },
})

function given(options: Readonly<Record<string, unknown>>): StartOptions {
  return Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined))
}
