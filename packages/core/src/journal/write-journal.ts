import { mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { type Journal, jsonText, SquallError } from '@squall/contract'

/** A journal as its file holds it. */
export function journalText(journal: Journal): string {
  return `${jsonText(journal, 2)}\n`
}

/**
 * Writes a journal as JSON with two spaces. It is written beside its place and then moved there, so that a reader never
 * sees half of it. Throws `SQUALL_JOURNAL_UNWRITABLE`.
 */
export function writeJournal(journal: Journal, file: string): void {
  const beside = `${file}.part`
  try {
    mkdirSync(path.dirname(path.resolve(file)), { recursive: true })
    // What a crash left there may be readable by others, or be somebody else's link.
    rmSync(beside, { force: true })
    writeFileSync(beside, journalText(journal), { mode: 0o600, flag: 'wx' })
    renameSync(beside, file)
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause)
    throw new SquallError('SQUALL_JOURNAL_UNWRITABLE', { path: file, reason }, { cause })
  }
}
