import { z } from 'zod'
import { endingSignals } from './process-table.ts'

export const victimRecordSchema = z.object({
  pid: z.number(),
  command: z.string(),
  port: z.number().nullable().describe('The port that led to it; null when it was found by pid or name.'),
  addresses: z.array(z.string()),
})

/** What stands beside the victims in every result. */
export const selectionResult = {
  chosen_from: z.number().describe('How many processes there were to choose from.'),
  seed: z
    .string()
    .nullable()
    .describe('Give it as `seed` to choose the same again; null when all were meant.'),
  refused: z
    .array(
      z.object({
        pid: z.number().nullable(),
        command: z.string().nullable(),
        port: z.number().nullable(),
        reason: z.string(),
      }),
    )
    .describe('What was found and left alone.'),
  missing: z.array(z.string()).describe('What was asked for and is not there.'),
}

export const killResult = z.object({
  killed: z.array(
    victimRecordSchema.extend({ signal: z.enum(endingSignals).describe('The signal that ended it.') }),
  ),
  ...selectionResult,
})

export type KillResult = z.output<typeof killResult>
