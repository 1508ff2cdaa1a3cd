import { existsSync, readFileSync } from 'node:fs'
import { isObject, type JsonObject, SquallError } from '@squall/contract'
import { parseText } from '../load/parse-text.ts'

/** What a settings file says; keys that squall does not know are kept (spec 19). */
export type Settings = JsonObject

export interface LoadSettingsOptions {
  /**
   * Told of a file that is not YAML, which then counts as no settings, as in the reference. Default: such a file rejects.
   * It does so in any case where it may hold a `protect`, without which something might be done that must not be.
   */
  readonly onIgnored?: (error: SquallError) => void
}

/**
 * Reads settings files, later ones over earlier ones per top-level key. A missing file is no settings. Rejects with
 * `SQUALL_SETTINGS_INVALID` for a file that is not one YAML object.
 */
export async function loadSettings(
  files: readonly string[],
  options: LoadSettingsOptions = {},
): Promise<Settings> {
  const read = await Promise.all(files.map((file) => readSettings(file, options)))
  return Object.fromEntries(read.flatMap((settings) => Object.entries(settings)))
}

async function readSettings(file: string, { onIgnored }: LoadSettingsOptions): Promise<Settings> {
  if (!existsSync(file)) return {}
  const invalid = (reason: string, cause?: unknown): SquallError =>
    new SquallError('SQUALL_SETTINGS_INVALID', { path: file, reason }, { cause })
  let text: string
  try {
    text = readFileSync(file, 'utf8')
  } catch (cause) {
    throw invalid('cannot be read', cause)
  }
  const parsed = await parseText(text, 'yaml', file).catch((cause: Error) => {
    const error = invalid(`is not YAML: ${cause.message}`, cause)
    if (!onIgnored || /\bprotect\b/.test(text)) throw error
    onIgnored(error)
    return null
  })
  if (parsed === null) return {}
  if (isObject(parsed)) return parsed as Settings
  throw invalid('holds no object')
}
