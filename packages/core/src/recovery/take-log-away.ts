import { copyFile, open, readdir, rename } from 'node:fs/promises'
import path from 'node:path'

/**
 * Puts copies of a log's files in their place. A healer that was frozen may wake at any moment and write what it still
 * holds; it then writes to files that nobody sees any more.
 */
export async function takeLogAway(folder: string): Promise<void> {
  for (const name of await readdir(folder)) {
    if (!name.endsWith('.log')) continue
    const file = path.join(folder, name)
    const copy = `${file}.copy`
    await copyFile(file, copy)
    const handle = await open(copy, 'r+')
    await handle.sync()
    await handle.close()
    await rename(copy, file)
  }
}
