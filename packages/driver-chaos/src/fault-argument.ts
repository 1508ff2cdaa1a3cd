import { z } from 'zod'

const text = z.string().min(1)
const replica = { service: text, partition: text, replica: z.string().optional(), node: text }
const move = { service: text, partition: text, replica: z.string().optional(), from: text, to: text }
const force = z.boolean().default(false)

/** A fault as an experiment writes it: what it names is found again by node and partition, whatever its id is now. */
export const faultArgument = z
  .discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('restart-node'), node: text, instanceId: z.string().optional() }),
    z.strictObject({
      kind: z.literal('restart-code-package'),
      node: text,
      application: text,
      serviceManifest: text,
      activationId: z.string().default(''),
      codePackage: text,
      instanceId: z.string().optional(),
    }),
    z.strictObject({ kind: z.literal('restart-replica'), ...replica }),
    z.strictObject({ kind: z.literal('remove-replica'), ...replica }),
    z.strictObject({ kind: z.literal('move-primary'), ...move, force }),
    z.strictObject({ kind: z.literal('move-secondary'), ...move, force }),
    z.strictObject({ kind: z.literal('move-instance'), ...move, force }),
    z.strictObject({
      kind: z.literal('driver'),
      name: text,
      disturbs: z.enum(['node', 'code-package', 'replica']),
      node: text,
      partition: z.string().optional(),
      replica: z.string().optional(),
      application: z.string().optional(),
      serviceManifest: z.string().optional(),
      activationId: z.string().optional(),
      codePackage: z.string().optional(),
      instanceId: z.string().optional(),
    }),
  ])
  .describe('The fault: its `kind` and what it is about.')

export type FaultArgument = z.output<typeof faultArgument>

/** What a fault disturbs, for a person. */
export function disturbed(fault: FaultArgument): string {
  if (fault.kind === 'restart-node') return `node ${fault.node}`
  if ('partition' in fault && fault.partition !== undefined)
    return `the replica of partition ${fault.partition} on node ${'from' in fault ? fault.from : fault.node}`
  if ('codePackage' in fault && fault.codePackage !== undefined)
    return `code package ${fault.codePackage} of ${fault.application} on node ${fault.node}`
  return `node ${'from' in fault ? fault.from : fault.node}`
}
