import type { JsonValue } from '@squall/contract'
import { z } from 'zod'

/** What an activity answers. */
export interface Answer {
  status: number
  body: JsonValue
}

/** What the body of an answer is, by status (`200`), range (`2XX`) or for all others (`default`). */
export type Answers = Readonly<Record<string, z.ZodType>>

/** The schema for the body of an answer with this status; undefined for one that is not described. */
export function answerSchema(answers: Answers, status: number): z.ZodType | undefined {
  return answers[String(status)] ?? answers[`${Math.floor(status / 100)}XX`] ?? answers['default']
}

/** Describes what an activity answers. */
export function resultOf(answers: Answers): z.ZodType<Answer> {
  const choices = Object.entries(answers).map(([status, body]) =>
    z.object({ status: statusOf(status), body }),
  )
  const [only = z.never()] = choices
  return (choices.length > 1 ? z.union(choices) : only) as unknown as z.ZodType<Answer>
}

function statusOf(status: string): z.ZodType {
  if (/^\d+$/.test(status)) return z.literal(Number(status))
  const hundreds = Number(status[0]) * 100
  return Number.isNaN(hundreds)
    ? z.int()
    : z
        .int()
        .min(hundreds)
        .max(hundreds + 99)
}
