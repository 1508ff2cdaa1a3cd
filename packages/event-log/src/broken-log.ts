import { isSquallError, SquallError } from '@squall/contract'

/** A place in a log: `line` counts from 1. */
export interface LogPlace {
  readonly segment: number
  readonly line: number
}

/** A line that cannot be trusted, and why. */
export interface LogDamage extends LogPlace {
  readonly reason: string
}

/** What is thrown, and handed to `onError`, for a log that cannot be read or written. */
export type LogBroken = SquallError<'SQUALL_LOG_BROKEN'>

const known: Readonly<Record<string, { reason: string; hint: string }>> = {
  ENOSPC: { reason: 'the disk is full', hint: 'Free some space, or name a folder on another disk.' },
  EDQUOT: { reason: 'the disk quota is used up', hint: 'Free some space, or name a folder on another disk.' },
  EROFS: { reason: 'its file system is read-only', hint: 'Name a folder that can be written.' },
  EACCES: { reason: 'this user may not write there', hint: 'Name a folder that this user can write.' },
  EPERM: { reason: 'this user may not write there', hint: 'Name a folder that this user can write.' },
  ENOTDIR: { reason: 'a part of this path is a file', hint: 'Name a folder.' },
  ENOENT: { reason: 'there is no such folder', hint: 'Check the path.' },
}

/** Wraps what the file system said. An error of this kind is returned as it is. */
export function logBroken(folder: string, error: unknown): LogBroken {
  if (isSquallError(error)) return error as LogBroken
  const entry = known[(error as NodeJS.ErrnoException).code ?? '']
  const reason = entry?.reason ?? (error instanceof Error ? error.message : String(error))
  return new SquallError(
    'SQUALL_LOG_BROKEN',
    { path: folder, reason },
    { cause: error, ...(entry && { hint: entry.hint }) },
  )
}

export function logDamaged(folder: string, damage: LogDamage): LogBroken {
  const reason = `line ${damage.line} of segment ${damage.segment} ${damage.reason}`
  const hint = 'What was recorded before that line can still be read.'
  return new SquallError('SQUALL_LOG_BROKEN', { path: folder, reason }, { hint })
}
