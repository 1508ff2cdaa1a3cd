import {
  chmodSync,
  existsSync,
  mkdirSync,
  readFileSync,
  realpathSync,
  renameSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import path from 'node:path'
import { type JsonValue, SquallError } from '@squall/contract'
import { editSettings, loadSettings, locate, type SettingChange, settingPath } from '@squall/core'
import type { CommandContext } from './command-context.ts'
import { settingsFiles } from './settings-files.ts'

/** `squall settings set KEY JSON`: replaces an entry, or makes it with `--create`. */
export async function setSettingCommand(
  key: string,
  json: string,
  options: { readonly create?: boolean },
  context: CommandContext,
): Promise<number> {
  const value = parsed(json)
  const file = (await fileWith(key, context)) ?? (options.create ? await fileFor(key, context) : undefined)
  if (file === undefined) {
    const hint = 'Say `--create` to add it, or run `squall settings show` to see what there is.'
    throw new SquallError('SQUALL_SETTINGS_KEY', { key }, { hint })
  }
  await change(file, { path: settingPath(key), value })
  context.terminal.err(`Set in ${file}\n`)
  return 0
}

/** `squall settings remove KEY`: removes an entry and what is under it. */
export async function removeSettingCommand(key: string, context: CommandContext): Promise<number> {
  const file = await fileWith(key, context)
  if (file === undefined) throw new SquallError('SQUALL_SETTINGS_KEY', { key })
  await change(file, { path: settingPath(key), remove: true })
  context.terminal.err(`Removed from ${file}\n`)
  return 0
}

function parsed(json: string): JsonValue {
  try {
    return JSON.parse(json) as JsonValue
  } catch (cause) {
    throw new SquallError('SQUALL_SETTINGS_VALUE', { value: json }, { cause })
  }
}

/** The file whose entry a command would see: the last one that has it. */
async function fileWith(key: string, context: CommandContext): Promise<string | undefined> {
  for (const file of settingsFiles(context).reverse()) {
    if (locate(await loadSettings([file]), key)) return file
  }
  return undefined
}

/** A new entry goes where its neighbours are, since one file hides what another has under the same first key. */
async function fileFor(key: string, context: CommandContext): Promise<string | undefined> {
  const [top] = settingPath(key)
  const files = settingsFiles(context).reverse()
  for (const file of files) {
    if (top !== undefined && Object.hasOwn(await loadSettings([file]), top)) return file
  }
  return files[0]
}

async function change(file: string, edit: SettingChange): Promise<void> {
  const isThere = existsSync(file)
  const edited = await editSettings(isThere ? readFileSync(file, 'utf8') : '', file, edit)
  try {
    // Settings may be a link into a folder of dot files, and hold passwords.
    const target = isThere ? realpathSync(file) : file
    mkdirSync(path.dirname(target), { recursive: true, mode: 0o700 })
    const aside = `${target}.new`
    writeFileSync(aside, edited, { mode: 0o600 })
    if (isThere) chmodSync(aside, statSync(target).mode)
    renameSync(aside, target)
  } catch (cause) {
    throw new SquallError('SQUALL_SETTINGS_INVALID', { path: file, reason: 'cannot be written' }, { cause })
  }
}
