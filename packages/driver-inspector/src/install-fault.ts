import type { ActivityContext } from '@squall/contract'
import { type Attachment, attach } from './attach.ts'
import { findTarget, identityOf, targetText } from './find-target.ts'
import type { InspectorSystem } from './inspector-system.ts'
import type { TargetWish } from './target-arguments.ts'
import { openInspector, untilWakeable } from './wake-inspector.ts'

export interface Installed<Result> {
  readonly pid: number
  /** Name of the fault inside the process. */
  readonly fault: string
  readonly result: Result
}

/**
 * Installs a fault in the process that is meant, after its undo is on record. `isOver` says that nothing of it is left
 * once `install` has resolved, which takes up to `lasts` milliseconds.
 */
export async function installFault<Result>(
  wish: TargetWish,
  system: InspectorSystem,
  context: ActivityContext,
  install: (agent: Attachment, fault: string) => Promise<Result>,
  { isOver = false, lasts = 0 } = {},
): Promise<Installed<Result>> {
  const target = await findTarget(wish, system, context)
  const open = await openInspector(target, system, context.signal)
  if (open === null) await untilWakeable(target, system, context)
  const fault = system.newId()
  const undo = { ...identityOf(target), fault, closes: open === null, over: false }
  const registered = await context.undo('restore', undo)
  const nothingLeft = { ...undo, over: true }
  const agent = await attach(target, system, { ...context, closes: undo.closes, lasts }).catch(
    async (error: unknown) => {
      await registered.amend(nothingLeft)
      throw error
    },
  )
  let result: Result
  try {
    result = await install(agent, fault)
  } finally {
    await agent.detach()
  }
  if (isOver) await registered.amend({ ...nothingLeft, closes: false })
  return { pid: target.pid, fault, result }
}

/** Names the process that would be touched. */
export async function targetsOf(
  wish: TargetWish,
  system: InspectorSystem,
  context: ActivityContext,
): Promise<readonly string[]> {
  return [targetText(await findTarget(wish, system, context))]
}
