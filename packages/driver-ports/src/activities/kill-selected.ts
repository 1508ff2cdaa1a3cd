import type { ActivityContext } from '@squall/contract'
import { checkOutcome } from '../check-outcome.ts'
import { endProcesses } from '../end-processes.ts'
import type { EndingSignal } from '../process-table.ts'
import type { KillResult } from '../results.ts'
import type { Selection } from '../selection.ts'
import type { System } from '../system.ts'
import { victimRecord, victimText } from '../victim.ts'

export interface KillArgs {
  readonly signal: EndingSignal
  /** Seconds. */
  readonly grace: number
  readonly allow_none: boolean
}

/** Ends what was selected and reports it: the last part of every kill. */
export async function killSelected(
  selection: Selection,
  args: KillArgs,
  system: System,
  context: ActivityContext,
): Promise<KillResult> {
  const how = { signal: args.signal, graceSeconds: args.grace }
  const scene = { system, guard: selection.guard, clock: context.clock, signal: context.signal }
  const ended = await endProcesses(selection.victims, how, scene)
  for (const { victim, signal } of ended.killed) {
    context.log.info(`Killed ${victimText(victim)} with ${signal}.`)
  }
  const refused = [...selection.refused, ...ended.refused]
  const { missing } = selection
  checkOutcome({ done: 'killed', touched: ended.killed.length, refused, missing }, args.allow_none, context)
  return {
    killed: ended.killed.map(({ victim, signal }) => ({ ...victimRecord(victim), signal })),
    chosen_from: selection.chosenFrom,
    seed: selection.seed,
    refused,
    missing: [...missing],
  }
}
