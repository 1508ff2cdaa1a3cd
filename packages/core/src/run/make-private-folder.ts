import { existsSync, promises } from 'node:fs'
import path from 'node:path'

/** Makes a folder, and those around it that are missing, for their owner only. */
export async function makePrivateFolder(folder: string): Promise<void> {
  try {
    await promises.mkdir(folder, { recursive: true, mode: 0o700 })
  } catch (error) {
    // Where nothing can be made, Node says that something is missing: only a plain attempt tells why.
    await promises.mkdir(firstMissing(folder), { mode: 0o700 })
    throw error
  }
}

function firstMissing(folder: string): string {
  const parent = path.dirname(folder)
  return existsSync(parent) || parent === folder ? folder : firstMissing(parent)
}
