import { z } from 'zod'
import {
  commonArguments,
  countArgument,
  listOf,
  oneOrMore,
  percentArgument,
  pidArgument,
  portArgument,
  seedArgument,
} from './argument-types.ts'
import type { Selector } from './candidates.ts'
import type { HowMany } from './choice.ts'
import type { Wish } from './selection.ts'

/** By what processes are selected, and how many of them. */
export const selectionArguments = {
  port: oneOrMore(portArgument).optional().describe('Means what listens on this port or these ports.'),
  pid: oneOrMore(pidArgument).optional().describe('Means this process or these processes.'),
  name: oneOrMore(z.string().min(1))
    .optional()
    .describe(
      'Means programs whose name or whole command line fits; `*` is any text, `?` any one character.',
    ),
  count: countArgument.optional().describe('Takes so many of them at random.'),
  percent: percentArgument.optional().describe('Takes this share of them at random, rounded up.'),
  all: z.literal(true).optional().describe('Takes all of them. The default with `port` and `pid`.'),
  seed: seedArgument,
  ...commonArguments,
}

type SelectionArgs = z.output<z.ZodObject<typeof selectionArguments>>

/** Refuses combinations that mean nothing, or too much. */
export function checkSelection(args: SelectionArgs, context: z.RefinementCtx): void {
  const given = (...values: readonly unknown[]): number =>
    values.filter((value) => value !== undefined).length
  const amounts = given(args.count, args.percent, args.all)
  const problem = (message: string): void => context.addIssue({ code: 'custom', message })
  if (given(args.port, args.pid, args.name) !== 1) problem('give exactly one of port, pid and name')
  if (amounts > 1) problem('give only one of count, percent and all')
  if (args.name !== undefined && amounts === 0) {
    problem('a name may fit many processes: say count, percent or all')
  }
}

export function wishOf(args: SelectionArgs): Wish {
  return {
    selector: selectorOf(args),
    howMany: howManyOf(args),
    seed: args.seed,
    otherUsers: args.other_users,
  }
}

function selectorOf(args: SelectionArgs): Selector {
  if (args.port !== undefined) {
    return { by: 'port', ports: listOf(args.port), otherNamespaces: args.other_namespaces }
  }
  if (args.pid !== undefined) return { by: 'pid', pids: listOf(args.pid) }
  return { by: 'name', patterns: listOf(args.name ?? []) }
}

function howManyOf({ count, percent }: SelectionArgs): HowMany {
  if (count !== undefined) return { kind: 'count', count }
  if (percent !== undefined) return { kind: 'percent', percent }
  return { kind: 'all' }
}
