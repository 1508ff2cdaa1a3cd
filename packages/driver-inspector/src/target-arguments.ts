import { z } from 'zod'

/**
 * The arguments by which every activity finds its process: exactly one of them. Numbers may also be given as text, since
 * values from the environment are text.
 */
export const targetArguments = {
  pid: z.coerce.number().int().min(1).optional().describe('Pid of the process.'),
  pid_file: z.string().min(1).optional().describe('File that holds the pid; relative to the experiment.'),
  port: z.coerce.number().int().min(1).max(65_535).optional().describe('TCP port on which it listens.'),
  other_users: z.boolean().default(false).describe('Whether a process of another user may be touched.'),
}

export interface TargetWish {
  readonly pid?: number | undefined
  readonly pid_file?: string | undefined
  readonly port?: number | undefined
  readonly other_users: boolean
}

/** For `superRefine`: exactly one way to find the process. */
export function checkTarget(
  { pid, pid_file, port }: Pick<TargetWish, 'pid' | 'pid_file' | 'port'>,
  context: { addIssue(issue: { code: 'custom'; message: string }): void },
): void {
  const given = [pid, pid_file, port].filter((one) => one !== undefined)
  if (given.length === 1) return
  context.addIssue({ code: 'custom', message: 'give exactly one of pid, pid_file and port' })
}
