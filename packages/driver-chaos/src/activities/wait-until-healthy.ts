import { waitUntilHealthy as wait } from '@squall/chaos'
import { ActivityFailed, defineProbe } from '@squall/contract'
import { z } from 'zod'
import { atServer } from '../at-server.ts'
import { absolute, number, serverArguments } from '../server-arguments.ts'

export const waitUntilHealthy = defineProbe({
  summary:
    'Waits until the cluster is well: nothing unhealthy, every partition complete, nothing being built.',
  args: z.strictObject({
    limit: number(z.number().min(0)).prefault(60).describe('Seconds after which it gives up and fails.'),
    allow_warning: z.boolean().default(false).describe('Whether a cluster in `Warning` is well enough.'),
    ...serverArguments,
  }),
  result: z.object({ health: z.string(), seconds: z.number() }),
  run: (args, { signal, directory, clock }) =>
    atServer(absolute(args, directory), signal, async (client) => {
      const { limit: seconds, allow_warning: allowWarning } = args
      const found = await wait(client, { seconds, allowWarning }, { clock, signal })
      if (found.isWell) return { health: found.health, seconds: found.seconds }
      throw new ActivityFailed(
        `The cluster is not well after ${seconds} s: ${[found.health, ...found.reasons].join('; ')}.`,
        { hint: 'Give it more time with `limit`, or see the events of the server for what happened.' },
      )
    }),
})
