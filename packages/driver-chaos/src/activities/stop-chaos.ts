import { defineAction } from '@squall/contract'
import { z } from 'zod'
import { atServer } from '../at-server.ts'
import { absolute, serverArguments } from '../server-arguments.ts'

export const stopChaos = defineAction({
  summary:
    'Stops continuous chaos and its schedule on a server, whoever started it. Nothing starts it again.',
  args: z.strictObject(serverArguments),
  result: z.object({ stopped: z.literal(true) }),
  targets: async ({ server }) => [`chaos on the server ${server}`],
  run: (args, { signal, directory }) =>
    atServer(absolute(args, directory), signal, async (client) => {
      await client.stop()
      return { stopped: true as const }
    }),
})
