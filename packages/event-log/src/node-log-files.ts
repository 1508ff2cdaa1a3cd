// Node loads its promises of files when they are first used; a run that leaves the disk alone does without.
import { promises } from 'node:fs'
import type { FileHandle } from 'node:fs/promises'
import path from 'node:path'
import type { LogFile, LogFiles } from './ports.ts'

const ownerOnly = { file: 0o600, folder: 0o700 }

/** The real file system. */
export const nodeLogFiles: LogFiles = {
  async prepare(folder) {
    const first = await promises.mkdir(folder, { recursive: true, mode: ownerOnly.folder })
    if (first === undefined) return []
    const parents: string[] = []
    const top = path.dirname(path.resolve(first))
    for (let at = path.resolve(folder); at !== top; at = path.dirname(at)) parents.push(path.dirname(at))
    return parents
  },
  async create(file) {
    return new NodeLogFile(await promises.open(file, 'ax', ownerOnly.file))
  },
  async resume(file, size) {
    const handle = await promises.open(file, 'a', ownerOnly.file)
    try {
      if ((await handle.stat()).size > size) await handle.truncate(size)
      return new NodeLogFile(handle)
    } catch (error) {
      await handle.close()
      throw error
    }
  },
  syncFolder,
}

class NodeLogFile implements LogFile {
  readonly #handle: FileHandle

  constructor(handle: FileHandle) {
    this.#handle = handle
  }

  async write(bytes: Uint8Array): Promise<void> {
    let at = 0
    while (at < bytes.length) at += (await this.#handle.write(bytes, at)).bytesWritten
  }

  async sync(): Promise<void> {
    await this.#handle.datasync()
  }

  async close(): Promise<void> {
    await this.#handle.close()
  }
}

async function syncFolder(folder: string): Promise<void> {
  const handle = await openFolder(folder)
  if (!handle) return
  try {
    await handle.sync()
  } catch (error) {
    if (!isUnsupported(error)) throw error
  } finally {
    await handle.close()
  }
}

async function openFolder(folder: string): Promise<FileHandle | undefined> {
  try {
    return await promises.open(folder, 'r')
  } catch (error) {
    if (isUnsupported(error)) return undefined
    throw error
  }
}

// Windows and some network file systems cannot sync a folder: there the file's own sync has to do.
function isUnsupported(error: unknown): boolean {
  const code = (error as NodeJS.ErrnoException).code ?? ''
  return ['EISDIR', 'EPERM', 'EACCES', 'EINVAL', 'ENOTSUP'].includes(code)
}
