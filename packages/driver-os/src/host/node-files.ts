import {
  copyFile,
  type FileHandle,
  open,
  readdir,
  readFile,
  rename,
  rm,
  stat,
  statfs,
  utimes,
} from 'node:fs/promises'
import { ActivityFailed } from '@squall/contract'
import type { FileFacts, Files, Place } from '../files.ts'
import { mebibyte } from '../mebibyte.ts'

/** The file systems of this machine. */
export const nodeFiles: Files = {
  look,
  names: (folder) => readdir(folder).catch(() => []),
  text: (path) => readFile(path, 'utf8').catch(() => null),
  space: async (path) => {
    const { bsize, blocks, bavail, bfree } = await statfs(path)
    return { total: blocks * bsize, available: bavail * bsize, free: bfree * bsize }
  },
  fill,
  copy: async (from, to) => {
    await copyFile(from, `${to}.part`)
    await rename(`${to}.part`, to)
  },
  flip: (path, places) => withFile(path, 'r+', (file) => flipAll(file, places)),
  unflip,
  remove: async (path) => {
    const isThere = (await look(path)) !== null
    await rm(path, { force: true })
    return isThere
  },
}

async function look(path: string): Promise<FileFacts | null> {
  const facts = await stat(path).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT' || error.code === 'ENOTDIR') return null
    throw error
  })
  if (facts === null) return null
  const kind = facts.isFile() ? 'file' : facts.isDirectory() ? 'folder' : 'other'
  return { kind, size: facts.size, inode: facts.ino, uid: facts.uid, modifiedMs: facts.mtimeMs }
}

async function fill(path: string, bytes: number, signal: AbortSignal): Promise<void> {
  // Bytes that differ, for file systems that leave out zeros or compress.
  const block = Buffer.from(
    Array.from({ length: mebibyte }, (_, index) => (index * 167 + (index >> 8)) & 255),
  )
  await withFile(path, 'wx', async (file) => {
    for (let written = 0; written < bytes; ) {
      signal.throwIfAborted()
      written += await writeSome(file, block.subarray(0, Math.min(block.length, bytes - written)), path)
    }
  })
}

async function writeSome(file: FileHandle, bytes: Buffer, path: string): Promise<number> {
  try {
    return (await file.write(bytes)).bytesWritten
  } catch (cause) {
    throw new ActivityFailed(`${path} cannot be written.`, { cause })
  }
}

async function flipAll(file: FileHandle, places: readonly Place[]): Promise<void> {
  for (const { offset, mask } of places) await write(file, offset, (await byteAt(file, offset)) ^ mask)
}

async function unflip(
  path: string,
  copy: string,
  places: readonly Place[],
  modifiedMs: number,
): Promise<number> {
  return withFile(copy, 'r', (original) =>
    withFile(path, 'r+', async (file) => {
      let restored = 0
      for (const { offset, mask } of places) {
        const wanted = await byteAt(original, offset)
        if ((await byteAt(file, offset)) !== (wanted ^ mask)) continue
        await write(file, offset, wanted)
        restored += 1
      }
      const isSameSize = (await file.stat()).size === (await original.stat()).size
      if (restored > 0 && isSameSize) await utimes(path, (await file.stat()).atime, modifiedMs / 1000)
      return restored
    }),
  )
}

/** -1 behind the end of the file. */
async function byteAt(file: FileHandle, offset: number): Promise<number> {
  const { buffer, bytesRead } = await file.read(Buffer.alloc(1), 0, 1, offset)
  return bytesRead === 0 ? -1 : (buffer[0] ?? -1)
}

async function write(file: FileHandle, offset: number, byte: number): Promise<void> {
  await file.write(Buffer.of(byte), 0, 1, offset)
}

async function withFile<Result>(
  path: string,
  flags: string,
  use: (file: FileHandle) => Promise<Result>,
): Promise<Result> {
  const file = await open(path, flags)
  try {
    return await use(file)
  } finally {
    await file.close()
  }
}
