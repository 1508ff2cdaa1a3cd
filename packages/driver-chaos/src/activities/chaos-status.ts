import { defineProbe } from '@squall/contract'
import { z } from 'zod'
import { atServer } from '../at-server.ts'
import { absolute, serverArguments } from '../server-arguments.ts'

export const chaosStatus = defineProbe({
  summary: 'Tells whether chaos is running, and with which parameters.',
  args: z.strictObject(serverArguments),
  result: z.object({
    status: z.string(),
    schedule_status: z.string().nullable(),
    parameters: z.looseObject({}),
  }),
  run: (args, { signal, directory }) =>
    atServer(absolute(args, directory), signal, async (client) => {
      const { Status, ScheduleStatus = null, ChaosParameters = {} } = await client.status()
      return { status: Status, schedule_status: ScheduleStatus, parameters: ChaosParameters }
    }),
})
