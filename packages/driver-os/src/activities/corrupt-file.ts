import path from 'node:path'
import { type ActivityContext, ActivityFailed, defineAction, type Random } from '@squall/contract'
import { z } from 'zod'
import type { FileFacts, Place } from '../files.ts'
import type { OsSystem } from '../os-system.ts'
import { needsRootForOthers } from '../requirements.ts'
import { otherUsersArgument } from '../target-arguments.ts'

const args = z.strictObject({
  path: z.string().min(1).describe('The file; relative to the experiment.'),
  bytes: z.coerce.number().int().min(1).max(10_000).default(1).describe('How many bytes are changed.'),
  other_users: otherUsersArgument,
})

type Given = z.output<typeof args>

export function corruptFile(system: OsSystem) {
  return defineAction({
    summary: 'Changes bytes of a file at places that the seed of the run decides, until undone.',
    args: args.superRefine((given, context) => needsRootForOthers(system, given, context)),
    result: z.object({ file: z.string(), size: z.int(), offsets: z.array(z.int()) }),
    undoneBy: ['restore_file'],
    targets: async (given, context) => [(await findFile(given, system, context)).file],
    run: async (given, context) => {
      context.signal.throwIfAborted()
      const { file, facts } = await findFile(given, system, context)
      const places = placesIn(facts.size, given.bytes, context.random)
      const copy = `${await copyPrefix(file, facts, system)}${system.newId()}`
      await context.undo('restore_file', {
        file,
        copy,
        modifiedMs: facts.modifiedMs,
        places: places.map(({ offset, mask }) => ({ offset, mask })),
      })
      context.signal.throwIfAborted()
      await system.files.copy(file, copy)
      context.signal.throwIfAborted()
      await system.files.flip(file, places)
      return { file, size: facts.size, offsets: places.map(({ offset }) => offset) }
    },
  })
}

/**
 * How the name of its copy begins, which tells the file by its inode. Rejects with `ActivityFailed` when there is one already:
 * two that are undone in another order would leave their common bytes changed.
 */
async function copyPrefix(file: string, { inode }: FileFacts, { files }: OsSystem): Promise<string> {
  const folder = path.dirname(file)
  const prefix = `.squall-copy-${inode}-`
  const there = (await files.names(folder)).find((name) => name.startsWith(prefix))
  if (there === undefined) return path.join(folder, prefix)
  throw new ActivityFailed(`${file} is corrupt already: as it was, it lies in ${there} beside it.`, {
    hint: 'It is put back at the end of the run that did it, or by `squall recover`.',
  })
}

async function findFile(
  given: Given,
  { files, processes }: OsSystem,
  { directory }: ActivityContext,
): Promise<{ readonly file: string; readonly facts: FileFacts }> {
  const file = path.resolve(directory, given.path)
  const facts = await files.look(file)
  if (facts?.kind !== 'file') throw new ActivityFailed(`There is no file ${file}.`)
  if (facts.size < given.bytes)
    throw new ActivityFailed(`${file} has ${facts.size} bytes, fewer than the ${given.bytes} to change.`)
  if (facts.uid !== processes.self.uid && !given.other_users)
    throw new ActivityFailed(`${file} is left alone: it is owned by another user (uid ${facts.uid}).`)
  return { file, facts }
}

/** Different places in ascending order, each with the bits that are flipped there. */
function placesIn(size: number, count: number, random: Random): readonly Place[] {
  const below = (limit: number): number => Math.floor(random.next() * limit)
  const masks = new Map<number, number>()
  // Floyd's choice: each set of places is as likely as another, with one number for each.
  for (let last = size - count; last < size; last++) {
    const offset = below(last + 1)
    masks.set(masks.has(offset) ? last : offset, 1 + below(255))
  }
  return [...masks].map(([offset, mask]) => ({ offset, mask })).sort((a, b) => a.offset - b.offset)
}
