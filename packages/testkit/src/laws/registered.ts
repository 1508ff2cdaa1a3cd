import { problemText, schemaProblems } from '../call.ts'
import { type Law, LawBroken } from '../law.ts'
import { onStage, type Stage } from '../stage.ts'
import { lawOf, type Subject } from '../subject.ts'
import type { UndoRecord } from '../undo-recorder.ts'

/** What holds for what an activity registers, whether it can be undone or not. */
export function registeredLaws(subject: Subject): readonly Law[] {
  return [
    lawOf(subject, 'registers no undo but those it names', () =>
      onStage(subject, subject.sample.prepare, async (stage) => {
        const running = stage.start()
        await running.value()
        for (const record of running.context.undos.records) await isNamed(record, stage)
      }),
    ),
  ]
}

async function isNamed({ func, args }: UndoRecord, { driver, subject }: Stage): Promise<void> {
  if (!subject.undoneBy.includes(func)) {
    const named = subject.undoneBy.length === 0 ? 'none' : subject.undoneBy.join(', ')
    throw new LawBroken(`It registers the undo '${func}' and names ${named}.`)
  }
  const undo = driver.undo?.[func]
  const problems = undo ? await schemaProblems(undo.args, args) : []
  if (problems.length > 0)
    throw new LawBroken(`The undo '${func}' refuses what is registered: ${problemText(problems)}.`)
}
