import { faultText, readdressFault, type WrittenFault } from '@squall/chaos'
import {
  type ActivityContext,
  ActivityFailed,
  type Cluster,
  defineAction,
  type JsonObject,
} from '@squall/contract'
import { z } from 'zod'
import { disturbed, type FaultArgument, faultArgument } from '../fault-argument.ts'

export const injectFault = defineAction({
  summary:
    'Carries one fault out on a target of an installed driver, whatever the safety rules of chaos say.',
  args: z.strictObject({
    target: z.string().min(1).describe('Name of the target, as `squall chaos targets` lists it.'),
    options: z.record(z.string(), z.json()).default({}).describe('Options of the target.'),
    fault: faultArgument,
  }),
  result: z.object({ outcome: z.literal('done'), fault: z.string() }),
  undoSummary: 'undone by the driver of the target, where the fault leaves something behind',
  targets: async ({ target, fault }) => [`${disturbed(fault)} of ${target}`],
  run: async ({ target, options, fault }, context) => {
    const cluster = await connected(target, options as JsonObject, context)
    try {
      return await carryOut(cluster, target, fault, context)
    } finally {
      await cluster.close?.()
    }
  },
})

function connected(target: string, options: JsonObject, { clusters }: ActivityContext): Promise<Cluster> {
  if (clusters) return clusters.connect(target, options)
  throw new ActivityFailed('The targets of continuous chaos cannot be reached from here.', {
    hint: 'Play it in a run of squall.',
  })
}

async function carryOut(
  cluster: Cluster,
  target: string,
  written: FaultArgument,
  context: ActivityContext,
): Promise<{ outcome: 'done'; fault: string }> {
  const fault = readdressFault(written as WrittenFault, await cluster.snapshot(context))
  if (!fault) {
    const hint = 'See with `squall chaos explain --target NAME` what is there.'
    throw new ActivityFailed(`There is no ${disturbed(written).replace(/^the /, '')} of ${target}.`, { hint })
  }
  const text = faultText(fault)
  const { outcome, reason = 'no reason given' } = await cluster.inject(fault, context)
  if (outcome === 'done') return { outcome, fault: text }
  const hint = 'For a refusal that passes, give the activity `retry`.'
  throw new ActivityFailed(`The fault was not done (${outcome}): ${reason}. It was ${text}`, { hint })
}
