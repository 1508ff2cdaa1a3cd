import type { WireEvent } from '@squall/chaos'
import { defineProbe } from '@squall/contract'
import { z } from 'zod'
import { atServer } from '../at-server.ts'
import { rangeArguments, rangeOf } from '../range-arguments.ts'
import { absolute, serverArguments } from '../server-arguments.ts'

const kinds = ['Started', 'ExecutingFaults', 'Waiting', 'ValidationFailed', 'TestError', 'Stopped'] as const

export const chaosEvents = defineProbe({
  summary: 'Lists the events of chaos, oldest first.',
  args: z.strictObject({
    kinds: z.array(z.enum(kinds)).optional().describe('Only events of these kinds. Default: all.'),
    ...rangeArguments,
    ...serverArguments,
  }),
  result: z.array(
    z.object({
      Kind: z.string(),
      TimeStampUtc: z.string(),
      Reason: z.string().optional(),
      Faults: z.array(z.string()).readonly().optional(),
      ChaosParameters: z.record(z.string(), z.unknown()).optional(),
    }),
  ),
  run: (args, { signal, directory }) =>
    atServer(absolute(args, directory), signal, async (client): Promise<WireEvent[]> => {
      const wanted: readonly string[] | undefined = args.kinds
      const events = await client.events(rangeOf(args))
      return events.filter(({ Kind }) => wanted?.includes(Kind) ?? true)
    }),
})
