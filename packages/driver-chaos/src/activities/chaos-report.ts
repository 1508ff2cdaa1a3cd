import { eventsOfLatestRun, summaryOfEvents } from '@squall/chaos'
import { defineProbe } from '@squall/contract'
import { z } from 'zod'
import { atServer } from '../at-server.ts'
import { rangeArguments, rangeOf } from '../range-arguments.ts'
import { absolute, serverArguments } from '../server-arguments.ts'

const reasons = z.array(z.object({ at: z.string(), reason: z.string() })).readonly()

export const reportResult = z.object({
  status: z.string(),
  from: z.string().nullable(),
  until: z.string().nullable(),
  iterations: z.int(),
  faults: z.record(z.string(), z.int()).readonly(),
  validation_failures: reasons,
  test_errors: reasons,
  stopped: z.string().nullable(),
})

export const chaosReport = defineProbe({
  summary: 'Counts what the latest run of chaos did, and names what went wrong.',
  args: z.strictObject({
    runs: z.enum(['latest', 'all']).default('latest').describe('Whether earlier runs count as well.'),
    ...rangeArguments,
    ...serverArguments,
  }),
  result: reportResult,
  run: (args, { signal, directory }) =>
    atServer(absolute(args, directory), signal, async (client) => {
      const events = await client.events(rangeOf(args))
      const { Status: status } = await client.status()
      return { status, ...summaryOfEvents(args.runs === 'all' ? events : eventsOfLatestRun(events)) }
    }),
})
