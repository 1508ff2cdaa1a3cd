import { z } from 'zod'
import { type EndingSignal, endingSignals } from './process-table.ts'

export const portArgument = numeric(
  z.int().min(1).max(65_535),
  'must be a port, a whole number from 1 to 65535',
)
export const pidArgument = numeric(z.int().min(0), 'must be a process id, a whole number from 0')
export const integerArgument = numeric(z.int(), 'must be a whole number')
export const countArgument = numeric(z.int().min(1), 'must be a whole number from 1')
export const percentArgument = numeric(z.number().gt(0).max(100), 'must be a number above 0 and up to 100')

export const seedArgument = z
  .union([z.string(), z.number()])
  .optional()
  .describe('Decides the choice: the same seed chooses the same again. Drawn from the run when absent.')

/** What every activity that touches processes takes. */
export const commonArguments = {
  allow_none: z.boolean().default(false).describe('Whether finding nobody to touch counts as success.'),
  other_users: z.boolean().default(false).describe('Whether processes of other users may be touched.'),
  other_namespaces: z
    .boolean()
    .default(false)
    .describe('Whether listeners in other network namespaces (containers) are meant as well. Linux only.'),
}

/** `signal` and `grace`, with the signal that is sent when none is named. */
export function endingArguments(byDefault: EndingSignal) {
  return {
    signal: z.enum(endingSignals).default(byDefault).describe('The signal sent first.'),
    grace: numeric(z.number().min(0), 'must be a number of seconds')
      .prefault(5)
      .describe('Seconds a process has to end before SIGKILL follows.'),
  }
}

export function oneOrMore<Schema extends z.ZodType>(schema: Schema) {
  return z.union([schema, z.array(schema).min(1)])
}

export function listOf<Item extends number | string>(value: Item | readonly Item[]): readonly Item[] {
  return typeof value === 'object' ? value : [value]
}

/** A number, or a text that holds one: values from the environment arrive as text. */
function numeric<Schema extends z.ZodType<number, number>>(schema: Schema, error: string) {
  const fromText = z
    .string()
    .regex(/^-?\d+(\.\d+)?$/)
    .transform(Number)
    .pipe(schema)
  return z.union([schema, fromText], { error })
}
