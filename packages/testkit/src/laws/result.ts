import { problemText, schemaProblems } from '../call.ts'
import { jsonFlaw } from '../json-flaw.ts'
import { type Law, LawBroken } from '../law.ts'
import { onStage } from '../stage.ts'
import { lawOf, type Subject } from '../subject.ts'

/** What holds for what an activity answers. */
export function resultLaws(subject: Subject): readonly Law[] {
  const { result } = subject
  const isJson = lawOf(subject, 'answers with JSON', async () => {
    const answer = await answerOf(subject)
    // No answer at all becomes null in the journal.
    const flaw = answer === undefined ? undefined : jsonFlaw(answer, 'the result')
    if (flaw !== undefined) throw new LawBroken(`Its result is no JSON: ${flaw}.`)
  })
  if (!result) return [isJson]
  const fitsSchema = lawOf(subject, 'answers as its result schema says', async () => {
    const problems = await schemaProblems(result, await answerOf(subject))
    if (problems.length > 0)
      throw new LawBroken(`Its result is not what its schema says: ${problemText(problems)}.`)
  })
  return [isJson, fitsSchema]
}

function answerOf(subject: Subject): Promise<unknown> {
  return onStage(subject, subject.sample.prepare, (stage) => stage.start().value())
}
