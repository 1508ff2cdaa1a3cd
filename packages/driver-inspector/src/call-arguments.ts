import { constants } from 'node:os'
import type { ActivityContext } from '@squall/contract'
import { z } from 'zod'
import type { CallFault } from './host/agent/agent-call-faults.ts'

/** Arguments that say which calls are struck. */
export const shareArguments = {
  percent: z.coerce.number().min(0).max(100).default(100).describe('Share of the calls, in percent.'),
  times: z.coerce.number().int().min(1).optional().describe('Ends after so many calls. Default: no limit.'),
}

export const callArguments = {
  api: z.enum(['fs', 'dns', 'net', 'http', 'fetch', 'undici']).describe('Which calls of the process.'),
  functions: z
    .array(z.string().min(1))
    .default([])
    .describe('Functions of `fs` or `dns`, such as `readFile` or `promises.lookup`. Default: all.'),
  match: z
    .string()
    .refine(isPattern, 'it is no regular expression')
    .optional()
    .describe('Regular expression over the path, host or URL of a call. Default: every call.'),
  ...shareArguments,
}

const messages: Readonly<Record<string, string>> = {
  EACCES: 'permission denied',
  ECONNREFUSED: 'connection refused',
  ECONNRESET: 'connection reset by peer',
  EIO: 'i/o error',
  EMFILE: 'too many open files',
  ENOENT: 'no such file or directory',
  ENOSPC: 'no space left on device',
  ENOTFOUND: 'name not found',
  EPERM: 'operation not permitted',
  EROFS: 'read-only file system',
  ETIMEDOUT: 'connection timed out',
}

/** The error that a struck call gets, as the system would tell it. */
export function errorOf(code: string, message?: string): NonNullable<CallFault['error']> {
  const number = (constants.errno as Readonly<Record<string, number>>)[code]
  return {
    code,
    message: message ?? messages[code] ?? 'injected by squall',
    ...(number === undefined ? {} : { errno: -number }),
  }
}

/** What all faults of calls have in common; the choice among calls starts from the seed of the run. */
export function callFault(
  id: string,
  given: {
    readonly percent: number
    readonly times?: number | undefined
    readonly match?: string | undefined
  },
  { random }: ActivityContext,
): CallFault {
  const { percent, times, match } = given
  return {
    id,
    percent,
    delay: 0,
    jitter: 0,
    seed: Math.floor(random.next() * 4_294_967_296),
    ...(times === undefined ? {} : { times }),
    ...(match === undefined ? {} : { match }),
  }
}

function isPattern(text: string): boolean {
  try {
    return Boolean(new RegExp(text))
  } catch {
    return false
  }
}
