import { cp, mkdir, rename, rm } from 'node:fs/promises'
import path from 'node:path'
import type { RunCard } from './run-card.ts'

/** Puts the log of a run that has ended where it was asked to be kept, or removes it. */
export async function settleLog(folder: string, card: Pick<RunCard, 'keepLogIn'>): Promise<void> {
  const { keepLogIn } = card
  if (keepLogIn === undefined) return rm(folder, { recursive: true, force: true })
  await mkdir(path.dirname(keepLogIn), { recursive: true })
  await rm(path.join(folder, 'healer.lock'), { force: true })
  try {
    await rename(folder, keepLogIn)
  } catch {
    // Another file system, or a folder that is there already.
    await cp(folder, keepLogIn, { recursive: true, force: true })
    await rm(folder, { recursive: true, force: true })
  }
}
