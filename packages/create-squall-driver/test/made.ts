import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { type CreatedDriver, createDriver } from '../src/index.ts'

export const documents = fileURLToPath(new URL('documents', import.meta.url))

/** A driver that was made of a document, in a folder that goes away. */
export interface Made extends AsyncDisposable {
  readonly created: CreatedDriver
  readonly folder: string
  read(file: string): Promise<string>
}

export async function madeOf(file: string, ...only: readonly string[]): Promise<Made> {
  const directory = await mkdtemp(path.join(os.tmpdir(), 'openapi-'))
  const openApi = { file: path.relative(directory, path.join(documents, file)), only }
  const created = await createDriver({ name: 'shop', directory, openApi })
  const folder = path.join(directory, created.folder)
  return {
    created,
    folder,
    read: (name) => readFile(path.join(folder, name), 'utf8'),
    [Symbol.asyncDispose]: () => rm(directory, { recursive: true }),
  }
}

/** What is said about a document that lies in a file of this name, and what was written all the same. */
export async function refusalOf(
  name: string,
  text: string,
  ...only: readonly string[]
): Promise<{ code: unknown; message: string; hint: unknown; written: readonly string[] }> {
  const directory = await mkdtemp(path.join(os.tmpdir(), 'openapi-'))
  try {
    if (text !== '') await writeFile(path.join(directory, name), text)
    await createDriver({ name: 'shop', directory, openApi: { file: name, only } })
    throw new Error('It was not refused.')
  } catch (error) {
    const { code, message, hint } = error as { code?: unknown; message: string; hint?: unknown }
    const written = (await readdir(directory)).filter((file) => file !== name)
    return { code, message, hint, written }
  } finally {
    await rm(directory, { recursive: true })
  }
}
