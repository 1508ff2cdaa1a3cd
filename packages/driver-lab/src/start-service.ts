import { type ActivityContext, defineAction } from '@squall/contract'
import { type Service, startService } from '@squall/lab'
import { z } from 'zod'
import { absolute, directory, orActivityFailed, portsfile, whichLab } from './which-lab.ts'

export const startDataSourceService = startAction('datasource', 8080)
export const startShowDataService = startAction('showdata', 8090)

function startAction(service: Service, defaultPort: number) {
  return defineAction({
    summary: `Starts one more instance of the ${service} service; done once it answers and is listed.`,
    args: z.strictObject({
      port: z.int().min(1).max(65_535).default(defaultPort).describe('The port it listens on.'),
      portsfile,
      directory,
    }),
    result: z.literal(true),
    undoneBy: ['stop_service'],
    targets: async ({ port, ...which }, context) => {
      try {
        const lab = await whichLab(which, context)
        return [`${service} on 127.0.0.1:${port} of the lab in ${lab.directory}`]
      } catch (error) {
        return { unknown: error instanceof Error ? error.message : String(error) }
      }
    },
    run: async ({ port, ...which }, context) => {
      const { recordFile } = await whichLab(which, context)
      const tag = newTag(service, port, context)
      const undo = await context.undo('stop_service', { recordFile, tag })
      const portsFile = absolute(which.portsfile, context)
      const { signal } = context
      const starting = startService({ recordFile, service, port, portsFile, tag, signal })
      const { pid, startedAt } = await orActivityFailed(starting)
      await undo.amend({ recordFile, tag, process: { pid, startedAt } })
      context.log.info(`${service} listens on 127.0.0.1:${port}`, { pid })
      return true as const
    },
  })
}

/** Chosen before the instance exists, so that it is found again whatever happens while it starts. */
function newTag(service: Service, port: number, { clock, random }: ActivityContext): string {
  const chance = Math.floor(random.next() * 2 ** 32).toString(36)
  return `${service}-${port}-${Math.floor(clock.now())}-${chance}`
}
