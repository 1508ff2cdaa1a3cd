import { defineAction } from '@squall/contract'
import { z } from 'zod'
import { checkOutcome } from '../check-outcome.ts'
import type { ProcessFacts } from '../process-table.ts'
import { selectionResult, victimRecordSchema } from '../results.ts'
import { previewTargets, select, type Wish } from '../selection.ts'
import { checkSelection, selectionArguments, wishOf } from '../selection-arguments.ts'
import { signalEach } from '../signal-each.ts'
import type { System } from '../system.ts'
import { victimRecord, victimText } from '../victim.ts'

const args = z.strictObject(selectionArguments).superRefine(checkSelection)
const result = z.object({ resumed: z.array(victimRecordSchema), ...selectionResult })

export function resume(system: System) {
  return defineAction({
    summary: 'Lets paused processes found by port, pid or name go on.',
    args,
    result,
    targets: (given, context) => previewTargets(resumeWish(given), system, context),
    run: async (given, context) => {
      const selection = await select(resumeWish(given), system, context)
      const { sent, refused: refusedLate } = await signalEach(selection, 'SIGCONT', system, context)
      for (const victim of sent) context.log.info(`Resumed ${victimText(victim)}.`)
      const refused = [...selection.refused, ...refusedLate]
      const { missing, chosenFrom, seed } = selection
      checkOutcome({ done: 'resumed', touched: sent.length, refused, missing }, given.allow_none, context)
      return {
        resumed: sent.map(victimRecord),
        chosen_from: chosenFrom,
        seed,
        refused,
        missing: [...missing],
      }
    },
  })
}

function resumeWish(given: z.output<typeof args>): Wish {
  const objection = ({ isStopped }: ProcessFacts): string | null =>
    isStopped === false ? 'it is not paused' : null
  return { ...wishOf(given), objection }
}
