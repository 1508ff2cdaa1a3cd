import path from 'node:path'
import { type ActivityContext, ActivityFailed, defineAction } from '@squall/contract'
import { z } from 'zod'
import { mebibyte } from '../mebibyte.ts'
import type { OsSystem } from '../os-system.ts'

const args = z
  .strictObject({
    path: z.string().min(1).describe('Folder on the disk; relative to the experiment.'),
    mebibytes: z.coerce.number().min(0.001).optional().describe('How much to write.'),
    leave_free: z.coerce.number().min(0).optional().describe('MiB that are free afterwards.'),
    reserve: z.coerce.number().min(0).default(64).describe('MiB that must stay free in any case.'),
  })
  .superRefine(({ mebibytes, leave_free }, context) => {
    if ((mebibytes === undefined) === (leave_free === undefined))
      context.addIssue({ code: 'custom', message: 'give exactly one of mebibytes and leave_free' })
  })

type Given = z.output<typeof args>

export function fillDisk(system: OsSystem) {
  return defineAction({
    summary: 'Fills a disk with one file of exactly known size, until undone.',
    args,
    result: z.object({ file: z.string(), bytes: z.int(), available: z.int().describe('Bytes left.') }),
    undoneBy: ['remove_file'],
    targets: async (given, context) => {
      const { folder, bytes } = await plan(given, system, context)
      return [`${bytes} bytes of the disk of ${folder}`]
    },
    run: async (given, context) => {
      context.signal.throwIfAborted()
      const { folder, bytes } = await plan(given, system, context)
      const file = path.join(folder, `.squall-fill-${system.newId()}`)
      await context.undo('remove_file', { file })
      context.signal.throwIfAborted()
      await system.files.fill(file, bytes, context.signal)
      const { available } = await system.files.space(folder)
      return { file, bytes, available }
    },
  })
}

/** How much to write where. Rejects with `ActivityFailed` when that would be too much. */
async function plan(given: Given, { files }: OsSystem, { directory }: ActivityContext) {
  const folder = path.resolve(directory, given.path)
  if ((await files.look(folder))?.kind !== 'folder') throw new ActivityFailed(`There is no folder ${folder}.`)
  const { available } = await files.space(folder)
  const bytes = Math.round(bytesOf(given, available))
  if (bytes <= 0)
    throw new ActivityFailed(`No more than ${inMebibytes(available)} are free in ${folder} already.`)
  if (available - bytes < given.reserve * mebibyte)
    throw new ActivityFailed(
      `Too much for ${folder}: ${inMebibytes(available)} are free, of which ${given.reserve} MiB are to stay.`,
      { hint: 'Write less, or lower `reserve`.' },
    )
  return { folder, bytes }
}

function bytesOf({ mebibytes, leave_free: leaveFree }: Given, available: number): number {
  return mebibytes === undefined ? available - (leaveFree ?? 0) * mebibyte : mebibytes * mebibyte
}

function inMebibytes(bytes: number): string {
  return `${(bytes / mebibyte).toFixed(1)} MiB`
}
