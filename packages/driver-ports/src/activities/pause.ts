import { type ActivityContext, ActivityFailed, defineAction } from '@squall/contract'
import { z } from 'zod'
import { checkOutcome } from '../check-outcome.ts'
import type { ProcessFacts } from '../process-table.ts'
import { selectionResult, victimRecordSchema } from '../results.ts'
import { previewTargets, type Selection, select } from '../selection.ts'
import { checkSelection, selectionArguments, wishOf } from '../selection-arguments.ts'
import { signalEach } from '../signal-each.ts'
import type { System } from '../system.ts'
import { victimRecord, victimText } from '../victim.ts'

const args = z.strictObject(selectionArguments).superRefine(checkSelection)
const result = z.object({ paused: z.array(victimRecordSchema), ...selectionResult })

export function pause(system: System) {
  return defineAction({
    summary: 'Freezes processes found by port, pid or name until they are resumed or the run ends.',
    args,
    result,
    undoneBy: ['resume'],
    targets: (given, context) => previewTargets(pauseWish(given), system, context),
    run: async (given, context) => {
      if (!system.processes.canPause) throw cannotPause()
      const selection = await select(pauseWish(given), system, context)
      return pauseSelected(selection, given.allow_none, system, context)
    },
  })
}

async function pauseSelected(
  selection: Selection,
  allowNone: boolean,
  system: System,
  context: ActivityContext,
): Promise<z.output<typeof result>> {
  const processes = selection.victims.map(({ pid, startedAt }) => ({ pid, startedAt }))
  if (processes.length > 0) await context.undo('resume', { processes })
  const { sent, refused: refusedLate } = await signalEach(selection, 'SIGSTOP', system, context)
  for (const victim of sent) context.log.info(`Paused ${victimText(victim)}.`)
  const refused = [...selection.refused, ...refusedLate]
  const { missing } = selection
  checkOutcome({ done: 'paused', touched: sent.length, refused, missing }, allowNone, context)
  return {
    paused: sent.map(victimRecord),
    chosen_from: selection.chosenFrom,
    seed: selection.seed,
    refused,
    missing: [...missing],
  }
}

/** What is frozen already was not frozen by us, so the undo must not wake it. */
function pauseWish(given: z.output<typeof args>) {
  const objection = ({ isStopped }: ProcessFacts): string | null =>
    isStopped ? 'it is paused already' : null
  return { ...wishOf(given), objection }
}

function cannotPause(): ActivityFailed {
  return new ActivityFailed('Processes cannot be paused on this system.', {
    hint: 'Pausing needs SIGSTOP, which Windows does not have. Kill the process instead.',
  })
}
