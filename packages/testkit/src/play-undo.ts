import type { Driver, UndoContext } from '@squall/contract'
import { accepted } from './call.ts'
import { LawBroken } from './law.ts'
import { shown } from './shown.ts'
import type { UndoRecord } from './undo-recorder.ts'

/** What an undo function answers. */
export type UndoAnswer = 'undone' | 'not needed'

/** Takes everything back that was registered, the newest first, as the core does. Answers in that order. */
export async function playUndos(
  driver: Driver,
  records: readonly UndoRecord[],
  context: UndoContext,
): Promise<readonly UndoAnswer[]> {
  const answers: UndoAnswer[] = []
  for (const record of records.toReversed()) answers.push(await playUndo(driver, record, context))
  return answers
}

async function playUndo(
  driver: Driver,
  { func, args }: UndoRecord,
  context: UndoContext,
): Promise<UndoAnswer> {
  const undo = driver.undo?.[func]
  if (!undo) throw new LawBroken(`The driver '${driver.name}' has no undo function '${func}'.`)
  const answer: unknown = await undo.run(await accepted(undo.args, args, `the undo '${func}'`), context)
  if (answer === 'undone' || answer === 'not needed') return answer
  throw new LawBroken(`The undo '${func}' answered ${shown(answer)}, not 'undone' or 'not needed'.`)
}
