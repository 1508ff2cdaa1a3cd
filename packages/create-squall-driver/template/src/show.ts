import { rename } from 'node:fs/promises'
import { defineUndo } from '@squall/contract'
import { z } from 'zod'
import { exists } from './exists.ts'

/** May run twice, in another process, and when nothing was hidden. */
export const show = defineUndo({
  summary: 'Puts a file back that was hidden.',
  args: z.strictObject({ place: z.string(), aside: z.string() }),
  run: async ({ place, aside }) => {
    if (!(await exists(aside))) return 'not needed'
    if (await exists(place)) throw new Error(`${place} is there again; what was hidden is kept as ${aside}.`)
    await rename(aside, place)
    return 'undone'
  },
})
