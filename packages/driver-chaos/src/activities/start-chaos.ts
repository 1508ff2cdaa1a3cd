import {
  type ChaosClient,
  eventsOfLatestRun,
  isMarkedRun,
  markedParameters,
  type StartOptions,
  summaryOfEvents,
} from '@squall/chaos'
import {
  type ActivityContext,
  defineAction,
  hasCode,
  type JsonObject,
  type RegisteredUndo,
} from '@squall/contract'
import { z } from 'zod'
import { atServer } from '../at-server.ts'
import { choiceArguments } from '../choice-arguments.ts'
import { newMark } from '../host/new-mark.ts'
import { parametersArgument } from '../parameters-argument.ts'
import { absolute, serverArguments } from '../server-arguments.ts'
import { reportResult } from './chaos-report.ts'

/** Milliseconds between two looks whether the run is over. */
const lookEveryMs = 500

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
  run: async (args, context) => {
    const { parameters, seed, kinds, exclude, wait } = args
    const where = absolute(args, context.directory)
    const mark = newMark()
    const options = given({ seed, kinds, exclude })
    return atServer(where, context.signal, async (client) => {
      // A server that cannot be reached has nothing to take back, so it is asked before the undo is registered.
      await client.status()
      const undo = { ...where, mark, was_answered: false } as JsonObject
      const registered = await context.undo('stop_chaos', undo)
      await answered(
        start(client, markedParameters(parameters as JsonObject, mark), options),
        registered,
        undo,
      )
      context.log.info(`Chaos was started at ${where.server}.`)
      if (!wait) return { started: true as const }
      await untilOver(client, mark, context)
      const { Status: status } = await client.status()
      return { status, ...summaryOfEvents(eventsOfLatestRun(await client.events())) }
    })
  },
})

function given(options: Readonly<Record<string, unknown>>): StartOptions {
  return Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined))
}

function start(client: ChaosClient, parameters: JsonObject, options: StartOptions): Promise<void> {
  return Object.keys(options).length === 0 ? client.start(parameters) : client.startWith(parameters, options)
}

/** Tells the undo that the start is not on its way any more: it was carried out or refused. */
async function answered(
  starting: Promise<void>,
  registered: RegisteredUndo,
  undo: JsonObject,
): Promise<void> {
  try {
    await starting
  } catch (error) {
    if (hasCode(error, 'SQUALL_CHAOS_SERVER')) await registered.amend({ ...undo, was_answered: true })
    throw error
  }
  await registered.amend({ ...undo, was_answered: true })
}

async function untilOver(
  client: ChaosClient,
  mark: string,
  { clock, signal }: ActivityContext,
): Promise<void> {
  while (await isMarkedRun(client, mark)) await clock.sleep(lookEveryMs, signal)
}
