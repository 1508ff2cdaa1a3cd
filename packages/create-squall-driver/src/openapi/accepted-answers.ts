import type { Answer, Operation } from './operation.ts'
import { isGood } from './read-answers.ts'

/**
 * The answers with which an activity succeeds. For a probe all that the document describes, so that an experiment can
 * ask for any; for an action those that are no error, as it did not do what was asked otherwise.
 */
export function accepted({ kind, answers }: Operation): readonly Answer[] {
  if (kind === 'probe') return answers
  const good = answers.filter(isGood)
  return good.length > 0 ? good : answers
}

/** The status with which the sample server answers. */
export function sampleStatus(answer: Answer | undefined): number {
  const { status = '200' } = answer ?? {}
  if (status === 'default') return 200
  return Number(status.replace('XX', '00'))
}

/** The answer that the sample server gives: the best of those described. */
export function sampleAnswer(operation: Operation): Answer | undefined {
  const answers = accepted(operation)
  return answers.find(({ status }) => status.startsWith('2')) ?? answers.find(isGood) ?? answers.at(-1)
}
