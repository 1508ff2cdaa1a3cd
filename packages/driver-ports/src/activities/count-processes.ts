import { defineProbe } from '@squall/contract'
import { z } from 'zod'
import { raiseGuard } from '../guard.ts'
import { namePattern } from '../name-pattern.ts'
import type { System } from '../system.ts'

export function countProcesses(system: System) {
  return defineProbe({
    summary: 'Counts the processes of a name; squall itself and what started it do not count.',
    args: z.strictObject({
      name: z.string().min(1).describe('As for `kill`: `*` is any text, `?` any one character.'),
    }),
    result: z.number(),
    run: async ({ name }) => {
      const guard = await raiseGuard(system, { otherUsers: true })
      const isMeant = namePattern(name)
      const processes = await system.processes.list()
      return processes.filter((facts) => isMeant(facts) && guard.objection(facts) === null).length
    },
  })
}
