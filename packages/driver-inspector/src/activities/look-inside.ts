import { type ActivityContext, defineProbe } from '@squall/contract'
import { z } from 'zod'
import { type Attachment, attach } from '../attach.ts'
import { findTarget } from '../find-target.ts'
import type { InspectorSystem } from '../inspector-system.ts'
import { faultSchema } from '../results.ts'
import { checkTarget, type TargetWish, targetArguments } from '../target-arguments.ts'

const args = z.strictObject(targetArguments).superRefine(checkTarget)

export function faults(system: InspectorSystem) {
  return defineProbe({
    summary: 'Lists what squall does to a running Node.js process right now.',
    args,
    result: z.array(faultSchema),
    run: (given, context) => visit(given, system, context, (agent) => agent.call('faults')),
  })
}

export function processState(system: InspectorSystem) {
  return defineProbe({
    summary:
      'Memory (bytes), uptime (seconds) and version of a running Node.js process, as seen from inside.',
    args,
    result: z.object({
      node: z.string(),
      uptime: z.number(),
      heap_used: z.number(),
      heap_limit: z.number(),
      rss: z.number(),
      active_resources: z.number(),
    }),
    run: async (given, context) =>
      (await visit(given, system, context, (agent) => agent.call('look'))) as never,
  })
}

export function eventLoopDelay(system: InspectorSystem) {
  return defineProbe({
    summary: 'By how many milliseconds the event loop of a running Node.js process is late.',
    args: z
      .strictObject({
        ...targetArguments,
        seconds: z.coerce.number().min(0.05).max(600).default(1).describe('How long it is watched.'),
      })
      .superRefine(checkTarget),
    result: z.object({ mean: z.number(), max: z.number() }),
    run: (given, context) =>
      visit(
        given,
        system,
        context,
        async (agent) => agent.call('lateness', given.seconds * 1000),
        given.seconds * 1000,
      ),
  })
}

async function visit<Answer>(
  wish: TargetWish,
  system: InspectorSystem,
  context: ActivityContext,
  ask: (agent: Attachment) => Promise<Answer>,
  lasts = 0,
): Promise<Answer> {
  const target = await findTarget(wish, system, context)
  const agent = await attach(target, system, { ...context, lasts })
  try {
    return await ask(agent)
  } finally {
    await agent.detach()
  }
}
