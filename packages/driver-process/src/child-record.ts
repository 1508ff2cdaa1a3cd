import type { ActivityContext, JsonObject } from '@squall/contract'
import type { ProcessWorld } from './process-world.ts'

/** What an action writes down about its child, so that whoever undoes it knows what is still to be ended. */
export interface ChildRecord {
  readonly started: (pid: number) => void
  readonly ended: () => void
}

/** Registers `end_child` before the child of an action is started. */
export async function registerEndChild(
  world: ProcessWorld,
  tag: string,
  context: ActivityContext,
): Promise<ChildRecord> {
  const session = await world.session()
  const child = { tag, ...(session === undefined ? {} : { session }) }
  const undo = await context.undo('end_child', child)
  let over = false
  // Not waited for: records keep their order all the same, and the activity need not be slower by a disk. If it fails,
  // the undo looks for the child once more.
  const amend = (args: JsonObject): void => void undo.amend(args).catch(() => {})
  return {
    started: (pid) => {
      void world.startedAt(pid).then((startedAt) => {
        if (startedAt !== undefined && !over) amend({ ...child, pid, startedAt })
      })
    },
    ended: () => {
      over = true
      amend({ ...child, ended: true })
    },
  }
}
