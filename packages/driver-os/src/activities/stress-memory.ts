import { ActivityFailed, defineAction } from '@squall/contract'
import { z } from 'zod'
import { mebibyte } from '../mebibyte.ts'
import type { OsSystem } from '../os-system.ts'
import { startChildren } from '../start-children.ts'
import { secondsArgument } from '../target-arguments.ts'

const args = z.strictObject({
  mebibytes: z.coerce.number().int().min(1).describe('How much.'),
  reserve: z.coerce.number().int().min(64).default(256).describe('MiB that must stay available.'),
  seconds: secondsArgument,
})

export function stressMemory(system: OsSystem) {
  const check = ({ mebibytes, reserve }: z.output<typeof args>): void => {
    const available = Math.floor(system.readings.availableMemory() / mebibyte)
    if (mebibytes + reserve <= available) return
    throw new ActivityFailed(
      `${mebibytes} MiB are too much: ${available} MiB are available, of which ${reserve} are to stay.`,
      { hint: 'Take less, or lower `reserve`.' },
    )
  }
  return defineAction({
    summary:
      'Holds an exact amount of touched memory in a program of its own, until undone or `seconds` are over.',
    args,
    result: z.object({ pid: z.int(), mebibytes: z.int() }),
    undoneBy: ['end_children'],
    targets: async (given) => {
      check(given)
      return [`${given.mebibytes} MiB of the memory of this machine`]
    },
    run: async (given, context) => {
      check(given)
      const { mebibytes, seconds } = given
      const [child] = await startChildren([{ kind: 'hold', mebibytes, seconds }], 'memory', system, context)
      return { pid: child?.pid ?? 0, mebibytes }
    },
  })
}
