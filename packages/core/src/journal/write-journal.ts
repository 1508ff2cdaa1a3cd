import { mkdir, rename, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { type Journal, SquallError } from '@squall/contract'

/**
 * Writes a journal as JSON with two spaces. It is written beside its place and then moved there, so that a reader never
 * sees half of it. Rejects with `SQUALL_JOURNAL_UNWRITABLE`.
 */
export async function writeJournal(journal: Journal, file: string): Promise<void> {
  const beside = `${file}.part`
  try {
    await mkdir(path.dirname(path.resolve(file)), { recursive: true })
    await writeFile(beside, `${JSON.stringify(journal, null, 2)}\n`, { mode: 0o600 })
    await rename(beside, file)
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause)
    throw new SquallError('SQUALL_JOURNAL_UNWRITABLE', { path: file, reason }, { cause })
  }
}
