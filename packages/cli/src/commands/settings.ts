import { existsSync } from 'node:fs'
import { isObject, type JsonValue, SquallError } from '@squall/contract'
import { loadSettings, locate, yamlText } from '@squall/core'
import type { CommandContext } from './command-context.ts'
import { settingsFiles } from './settings-files.ts'

export interface SettingsFormat {
  readonly format: 'string' | 'json' | 'yaml'
}

/** `squall settings show`: the settings as a command sees them, all files together; 1 where there is no file. */
export async function showSettingsCommand(options: SettingsFormat, context: CommandContext): Promise<number> {
  const files = settingsFiles(context)
  if (!files.some((file) => existsSync(file))) {
    context.terminal.err(noFileText(files))
    return 1
  }
  context.terminal.out(await formatted(await loadSettings(files), options))
  return 0
}

/** `squall settings get KEY`: one entry; rejects with `SQUALL_SETTINGS_KEY`. */
export async function getSettingCommand(
  key: string,
  options: SettingsFormat,
  context: CommandContext,
): Promise<number> {
  const found = locate(await loadSettings(settingsFiles(context)), key)
  if (!found) throw new SquallError('SQUALL_SETTINGS_KEY', { key })
  context.terminal.out(await formatted(found.entry, options))
  return 0
}

export function noFileText(files: readonly string[]): string {
  return `No settings file found at ${files.join(' or ')}\n`
}

async function formatted(value: JsonValue, { format }: SettingsFormat): Promise<string> {
  if (format === 'json') return `${JSON.stringify(value, null, 2)}\n`
  const isScalar = !isObject(value) && !Array.isArray(value)
  if (format === 'string') return `${typeof value === 'string' ? value : JSON.stringify(value)}\n`
  // A document that is one scalar ends in a marker, as the reference prints it (spec 21).
  return `${await yamlText(value)}${isScalar ? '...\n' : ''}`
}
