import { ActivityFailed, defineProbe } from '@squall/contract'
import { labStatus } from '@squall/lab'
import { z } from 'zod'
import { directory, whichLab } from './which-lab.ts'

const counts = z.object({
  datasource: z.number(),
  showdata: z.number(),
  gateway: z.number(),
  keeper: z.number(),
})

const result = z.object({
  directory: z.string(),
  url: z.string(),
  healthy: counts,
  processes: z.array(
    z.object({
      program: z.enum(['datasource', 'showdata', 'gateway', 'keeper']),
      pid: z.number(),
      port: z.number().nullable(),
      state: z.enum(['healthy', 'silent', 'dead']),
    }),
  ),
})

export const labStatusProbe = defineProbe({
  summary: 'Tells which processes of the lab run and how many of each kind are healthy.',
  args: z.strictObject({ directory }),
  result,
  run: async (args, context): Promise<z.infer<typeof result>> => {
    const lab = await whichLab(args, context)
    const [status] = await labStatus({ directory: lab.directory, signal: context.signal })
    if (!status) throw new ActivityFailed(`The lab in '${lab.directory}' has been taken down.`)
    return {
      directory: status.directory,
      url: status.url,
      healthy: { ...status.healthy },
      processes: status.processes.map(({ program, pid, port, state }) => ({ program, pid, port, state })),
    }
  },
})
