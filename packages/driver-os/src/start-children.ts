import type { ActivityContext, ProcessIdentity } from '@squall/contract'
import type { ChildWork } from './children.ts'
import type { OsSystem } from './os-system.ts'

/** Starts one child for each work, after the undo that ends them all is on record. */
export async function startChildren(
  works: readonly ChildWork[],
  kind: string,
  system: OsSystem,
  context: ActivityContext,
): Promise<readonly ProcessIdentity[]> {
  context.signal.throwIfAborted()
  const tag = `${kind}-${system.newId()}`
  const registered = await context.undo('end_children', { tag, children: [] })
  const children = await Promise.all(works.map((work) => system.children.start(work, tag, context.signal)))
  await registered.amend({ tag, children: children.map(({ pid, startedAt }) => ({ pid, startedAt })) })
  return children
}
