import { readFile } from 'node:fs/promises'
import { isObject, type JsonObject, SquallError } from '@squall/contract'
import { parseText } from '../load/parse-text.ts'

/** What a settings file says; keys that squall does not know are kept (spec 19). */
export type Settings = JsonObject

/**
 * Reads settings files, later ones over earlier ones per top-level key. A missing file is no settings. Rejects with
 * `SQUALL_SETTINGS_INVALID` for a file that is not one YAML object.
 */
export async function loadSettings(files: readonly string[]): Promise<Settings> {
  const read = await Promise.all(files.map(readSettings))
  return Object.assign({}, ...read) as Settings
}

async function readSettings(file: string): Promise<Settings> {
  const text = await readFile(file, 'utf8').catch(() => undefined)
  if (text === undefined || text.trim() === '') return {}
  const parsed = await parseText(text, 'yaml', file).catch((cause: Error) => {
    throw new SquallError(
      'SQUALL_SETTINGS_INVALID',
      { path: file, reason: `is not YAML: ${cause.message}` },
      { cause },
    )
  })
  if (isObject(parsed)) return parsed as Settings
  throw new SquallError('SQUALL_SETTINGS_INVALID', { path: file, reason: 'holds no object' })
}
