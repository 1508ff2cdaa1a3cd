import { promises } from 'node:fs'
import path from 'node:path'
import { isLockFile } from './healer-lock.ts'
import { cardFile, type RunCard } from './run-card.ts'

/** How the folder of a run is called that ended, while it is being removed. */
export const endedSuffix = '.ended'

/**
 * Puts the log of a run that has ended where it was asked to be kept, or removes it. It leaves its place in one step, so
 * that nobody finds half of it there.
 */
export async function settleLog(folder: string, { keepLogIn }: Pick<RunCard, 'keepLogIn'>): Promise<void> {
  if (keepLogIn === undefined) return discard(folder)
  await promises.mkdir(path.dirname(keepLogIn), { recursive: true })
  try {
    await promises.rename(folder, keepLogIn)
  } catch (error) {
    if (isGone(error)) return
    // Another file system, or a folder that is there already.
    await copyLog(folder, { keepLogIn })
    return discard(folder)
  }
  const names = await promises.readdir(keepLogIn)
  for (const name of names.filter(isScaffold)) await promises.rm(path.join(keepLogIn, name), { force: true })
}

/** Puts a copy of the log where it was asked to be kept: what lies in `folder` is still needed. */
export async function copyLog(folder: string, { keepLogIn }: Pick<RunCard, 'keepLogIn'>): Promise<void> {
  if (keepLogIn === undefined) return
  const filter = (source: string): boolean => !isScaffold(path.basename(source))
  await promises.cp(folder, keepLogIn, { recursive: true, force: true, filter })
}

async function discard(folder: string): Promise<void> {
  const ended = `${folder}${endedSuffix}`
  await promises.rename(folder, ended).catch((error: unknown) => {
    if (!isGone(error)) throw error
  })
  await promises.rm(ended, { recursive: true, force: true })
}

/** Somebody put it away already. */
function isGone(error: unknown): boolean {
  return (error as NodeJS.ErrnoException).code === 'ENOENT'
}

/** What only a run that goes on needs beside its log. */
function isScaffold(name: string): boolean {
  return name.startsWith(cardFile) || name === 'stop' || isLockFile(name)
}
