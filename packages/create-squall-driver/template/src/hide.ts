import { rename } from 'node:fs/promises'
import path from 'node:path'
import { ActivityFailed, defineAction } from '@squall/contract'
import { z } from 'zod'
import { exists } from './exists.ts'

export const hide = defineAction({
  summary: 'Takes a file away until the run ends.',
  args: z.strictObject({ file: z.string().min(1).describe('The file, relative to the experiment.') }),
  result: z.object({ hidden: z.string() }),
  undoneBy: ['show'],
  targets: async ({ file }, { directory }) => [path.resolve(directory, file)],
  run: async ({ file }, { directory, signal, undo }) => {
    const place = path.resolve(directory, file)
    // The name is chosen before the harm, so that the undo knows it even when this process dies in the middle.
    const aside = `${place}.hidden`
    if (!(await exists(place))) throw new ActivityFailed(`There is no file ${place} to hide.`)
    if (await exists(aside)) throw new ActivityFailed(`${aside} is in the way.`)
    signal.throwIfAborted()
    await undo('show', { place, aside })
    signal.throwIfAborted()
    await rename(place, aside)
    return { hidden: place }
  },
})
