import { z } from 'zod'

/**
 * The arguments by which every activity finds its process: exactly one of them. Numbers may also be given as text, since
 * values from the environment are text.
 */
export const targetArguments = {
  pid: z.coerce.number().int().min(1).optional().describe('Pid of the process.'),
  pid_file: z.string().min(1).optional().describe('File that holds the pid; relative to the experiment.'),
}

export const otherUsersArgument = z
  .boolean()
  .default(false)
  .describe('Whether what belongs to another user may be touched.')

export interface TargetWish {
  readonly pid?: number | undefined
  readonly pid_file?: string | undefined
}

/** For `superRefine`: exactly one way to find the process. */
export function checkTarget({ pid, pid_file }: TargetWish, context: IssueContext): void {
  if ((pid === undefined) === (pid_file === undefined))
    context.addIssue({ code: 'custom', message: 'give exactly one of pid and pid_file' })
}

export interface IssueContext {
  addIssue(issue: { code: 'custom'; message: string }): void
}

/** For how long a fault lasts at most that squall's own programs make. */
export const secondsArgument = z.coerce
  .number()
  .min(0.1)
  .max(86_400)
  .describe('When it ends by itself, should nobody have undone it before.')

/** The time over which a probe watches. */
export const windowArgument = z.coerce
  .number()
  .min(0.1)
  .max(3600)
  .default(1)
  .describe('The time over which it watches.')
