import { promises } from 'node:fs'
import path from 'node:path'

/**
 * Puts copies of a log's files in their place. A healer that was frozen may wake at any moment and write what it still
 * holds; it then writes to files that nobody sees any more.
 */
export async function takeLogAway(folder: string): Promise<void> {
  const names = await promises.readdir(folder)
  for (const name of names.filter((each) => each.endsWith('.log')))
    await replaceByCopy(path.join(folder, name))
}

async function replaceByCopy(file: string): Promise<void> {
  const copy = `${file}.copy`
  try {
    await promises.copyFile(file, copy)
    const handle = await promises.open(copy, 'r+')
    await handle.sync().finally(() => handle.close())
    await promises.rename(copy, file)
  } catch {
    // The disk is full, or the system does not let go of a file that is open: undoing matters more than a neat log.
    await promises.rm(copy, { force: true }).catch(() => undefined)
  }
}
