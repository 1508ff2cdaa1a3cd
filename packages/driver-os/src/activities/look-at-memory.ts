import { defineProbe } from '@squall/contract'
import { z } from 'zod'
import type { OsSystem } from '../os-system.ts'
import { percentOf } from '../percent.ts'

export function memory({ readings }: OsSystem) {
  return defineProbe({
    summary: 'How much memory there is and is used: bytes, and percent.',
    args: z.strictObject({}),
    result: z.object({
      total: z.int(),
      available: z.int().describe('What programs can still get, caches included.'),
      used: z.int().describe('`total` without `available`.'),
      percent: z.number().describe('`used` of `total`.'),
      swap_total: z.int(),
      swap_used: z.int(),
    }),
    run: async () => {
      const { total, available, swapTotal, swapUsed } = await readings.memory()
      const used = total - available
      return {
        total,
        available,
        used,
        percent: percentOf(used, total),
        swap_total: swapTotal,
        swap_used: swapUsed,
      }
    },
  })
}
