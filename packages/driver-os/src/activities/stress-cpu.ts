import { ActivityFailed, defineAction } from '@squall/contract'
import { z } from 'zod'
import type { OsSystem } from '../os-system.ts'
import { startChildren } from '../start-children.ts'
import { secondsArgument } from '../target-arguments.ts'

const args = z.strictObject({
  percent: z.coerce.number().min(1).max(100).default(100).describe('Share of each of these cores.'),
  cores: z.coerce.number().int().min(1).optional().describe('How many cores. Default: all.'),
  seconds: secondsArgument,
})

export function stressCpu(system: OsSystem) {
  const coresOf = ({ cores }: z.output<typeof args>): number => {
    const all = system.readings.cores
    if (cores !== undefined && cores > all)
      throw new ActivityFailed(`This machine has ${all} cores, not ${cores}.`)
    return cores ?? all
  }
  return defineAction({
    summary: 'Uses an exact share of cores, from programs of its own, until undone or `seconds` are over.',
    args,
    result: z.object({ cores: z.int(), percent: z.number(), pids: z.array(z.int()) }),
    undoneBy: ['end_children'],
    targets: async (given) => [
      `${given.percent} % of ${coresOf(given)} of the ${system.readings.cores} cores of this machine`,
    ],
    run: async (given, context) => {
      const { percent, seconds } = given
      const cores = coresOf(given)
      const work = { kind: 'burn', percent, seconds } as const
      const works = Array.from({ length: cores }, () => work)
      const children = await startChildren(works, 'cpu', system, context)
      return { cores, percent, pids: children.map(({ pid }) => pid) }
    },
  })
}
