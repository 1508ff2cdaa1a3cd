import { ActivityFailed, defineUndo, type UndoContext } from '@squall/contract'
import { z } from 'zod'
import { type AttachOptions, attach } from './attach.ts'
import { targetText } from './find-target.ts'
import type { InspectorSystem } from './inspector-system.ts'
import { isSameProcess, type ProcessFacts } from './process-table.ts'
import { openInspector } from './wake-inspector.ts'

/** Takes one fault out of a process again, and closes the inspector that squall opened for it. */
export function undoRestore(system: InspectorSystem) {
  return defineUndo({
    summary: 'Takes a fault out of a process and closes the inspector that was opened for it.',
    args: z.strictObject({
      pid: z.int().min(1),
      startedAt: z.string(),
      fault: z.string(),
      closes: z.boolean().describe('Whether squall opened the inspector.'),
      over: z.boolean().default(false).describe('Whether nothing of the fault is left.'),
    }),
    run: async ({ fault, closes, over, ...identity }, context) => {
      const target = system.processes.find(identity.pid)
      if (!target || !isSameProcess(target, identity)) return 'not needed'
      const wasOpen = (await openInspector(target, system, context.signal)) !== null
      if (over && !(wasOpen && closes)) return 'not needed'
      if (target.isStopped) throw isPaused(target)
      try {
        const ended = await end(fault, target, system, { ...context, closes })
        return ended || (wasOpen && closes) ? 'undone' : 'not needed'
      } catch (error) {
        const now = system.processes.find(identity.pid)
        if (!now || !isSameProcess(now, identity)) return 'not needed'
        throw error
      }
    },
  })
}

/** Whether there was something to end. */
async function end(
  fault: string,
  target: ProcessFacts,
  system: InspectorSystem,
  options: AttachOptions & UndoContext,
): Promise<boolean> {
  const agent = await attach(target, system, options)
  const ended = await agent.call('end', fault)
  await agent.detach()
  for (const { summary, hits } of ended)
    options.log.info(`Ended in ${targetText(target)}: ${summary} (struck ${hits}).`)
  return ended.length > 0
}

function isPaused(target: ProcessFacts): ActivityFailed {
  return new ActivityFailed(`${targetText(target)} is paused, so the fault in it cannot be ended.`, {
    hint: `Let it go on with \`kill -CONT ${target.pid}\`, then run \`squall recover\`.`,
  })
}
