import { defineControl, type HookCall, isObject } from '@squall/contract'
import { z } from 'zod'
import { argumentProblems } from './argument-problems.ts'

const schema = z.object({
  target_type: z.enum(['action', 'probe']).nullish(),
  target_names: z.array(z.string()).nullish(),
})

/** Leaves activities out: they count as succeeded, with no output. */
export const bypass = defineControl({
  summary: 'Leaves out the activities of a type or of some names.',
  validate: (declaration) => argumentProblems(schema, declaration),
  open: async (_declaration, { log }) => ({
    hooks: {
      'before-experiment': async (call) => {
        const { target_type: type, target_names: names } = schema.parse(call.arguments)
        if (type) log.warn(`No ${type} is played: the control 'bypass' leaves them out.`)
        if (names && names.length > 0)
          log.warn(`The control 'bypass' leaves these activities out: ${names.join(', ')}.`)
      },
      'before-activity': async (call) => {
        if (isTarget(call)) call.skip()
      },
    },
  }),
})

/** Either is enough, as with the reference. */
function isTarget({ arguments: args, context }: HookCall): boolean {
  const { target_type: type, target_names: names } = schema.parse(args)
  if (!isObject(context.value)) return false
  const { type: kind, name } = context.value as Record<string, unknown>
  return (type !== undefined && type !== null && kind === type) || (names ?? []).includes(String(name))
}
