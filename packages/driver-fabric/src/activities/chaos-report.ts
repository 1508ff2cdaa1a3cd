import { summaryOfEvents } from '@squall/chaos'
import { defineProbe } from '@squall/contract'
import { z } from 'zod'
import { atCluster } from '../at-cluster.ts'
import { clusterArguments, settingsOf } from '../cluster-settings.ts'
import { timeOf } from '../time-of.ts'

export const chaosReport = defineProbe({
  summary: 'Reads what Chaos did: every event of a time range, with parameters, status and a summary.',
  args: z.strictObject({
    start_time_utc: z.string().nullish().describe('Events from then on: ISO 8601, or `10 minutes ago`.'),
    end_time_utc: z.string().nullish().describe('Events up to then.'),
    ...clusterArguments,
  }),
  run: ({ start_time_utc: start, end_time_utc: end, ...args }, context) =>
    atCluster(settingsOf(args, context), context.signal, async (client) => {
      const now = context.clock.now()
      const events = await client.events({
        ...(start && { since: timeOf(start, now) }),
        ...(end && { until: timeOf(end, now) }),
      })
      const status = await client.status()
      return {
        ...status,
        ContinuationToken: '',
        History: events.map((event) => ({ ChaosEvent: event })),
        summary: summaryOfEvents(events),
      }
    }),
})
