import { ActivityFailed, defineUndo } from '@squall/contract'
import { z } from 'zod'
import type { OsSystem } from './os-system.ts'

/** Puts changed bytes of a file back from the copy beside it. What others have written since stays. */
export function undoRestoreFile({ files }: OsSystem) {
  return defineUndo({
    summary: 'Puts the bytes of a file and its time of modification back.',
    args: z.strictObject({
      file: z.string().min(1),
      copy: z.string().min(1),
      modifiedMs: z.number(),
      places: z.array(z.strictObject({ offset: z.int().min(0), mask: z.int().min(1).max(255) })),
    }),
    run: async ({ file, copy, modifiedMs, places }, { log }) => {
      await files.remove(`${copy}.part`)
      // Without a copy nothing was changed, or all is back.
      if ((await files.look(copy)) === null) return 'not needed'
      if ((await files.look(file))?.kind !== 'file')
        throw new ActivityFailed(`${file} is no longer there, so its bytes cannot be put back.`, {
          hint: `Its content as it was is in ${copy}: move that to where it belongs, or remove it.`,
        })
      const restored = await files.unflip(file, copy, places, modifiedMs)
      if (restored > 0) log.info(`Put ${restored} bytes of ${file} back.`)
      if (restored < places.length)
        log.info(`Left ${places.length - restored} bytes of ${file} as they are: not as they were made.`)
      await files.remove(copy)
      return restored > 0 ? 'undone' : 'not needed'
    },
  })
}
