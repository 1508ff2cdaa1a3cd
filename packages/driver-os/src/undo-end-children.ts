import { ActivityFailed, defineUndo, type ProcessIdentity, type UndoContext } from '@squall/contract'
import { z } from 'zod'
import type { OsSystem } from './os-system.ts'
import { isSameProcess } from './process-table.ts'

const patienceMs = 5000

/** Ends programs that an action of this driver started. It knows them by their tag, by pid and start time. */
export function undoEndChildren(system: OsSystem) {
  return defineUndo({
    summary: 'Ends the programs that were started.',
    args: z.strictObject({
      tag: z.string(),
      children: z.array(z.strictObject({ pid: z.int().min(1), startedAt: z.string() })),
    }),
    run: async ({ tag, children }, context) => {
      // By the tag as well: the runner may have been killed between the start and the note of the pid.
      const running = [...children.filter((child) => isRunning(child, system)), ...system.children.find(tag)]
      const found = new Map(running.map((child) => [child.pid, child]))
      for (const child of found.values()) endOne(child, system)
      await untilGone([...found.values()], system, context)
      if (found.size > 0)
        context.log.info(`Ended ${[...found.keys()].map((pid) => `pid ${pid}`).join(', ')}.`)
      return found.size > 0 ? 'undone' : 'not needed'
    },
  })
}

function isRunning(child: ProcessIdentity, { processes }: OsSystem): boolean {
  const facts = processes.find(child.pid)
  return facts !== null && isSameProcess(facts, child)
}

function endOne(child: ProcessIdentity, { processes }: OsSystem): void {
  if (processes.signal(child, 'SIGKILL') !== 'not permitted') return
  throw new ActivityFailed(`This user may not end pid ${child.pid}.`, {
    hint: `Run \`kill -KILL ${child.pid}\` as its owner or as root.`,
  })
}

async function untilGone(
  children: readonly ProcessIdentity[],
  system: OsSystem,
  { clock, signal }: UndoContext,
): Promise<void> {
  const deadline = clock.monotonic() + patienceMs
  for (;;) {
    const left = children.filter((child) => isRunning(child, system))
    if (left.length === 0) return
    if (clock.monotonic() > deadline)
      throw new ActivityFailed(
        `Still there ${patienceMs / 1000} s after SIGKILL: ${left.map(({ pid }) => `pid ${pid}`).join(', ')}.`,
      )
    await clock.sleep(10, signal)
  }
}
