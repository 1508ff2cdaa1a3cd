import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { hasCode, isObject, type JsonObject, type JsonValue, SquallError } from '@squall/contract'
import { type Overrides, parseText } from '@squall/core'
import { setEnvironment } from '../host/set-environment.ts'
import { safe } from '../terminal/paint.ts'
import type { CommandContext } from './command-context.ts'
import { merged } from './merged.ts'

/**
 * Reads var files in order: later ones win per key of `configuration` and per whole group of `secrets` (spec 3.5).
 * Rejects with `SQUALL_USAGE` for a file that is not there.
 */
export async function readVariableFiles(
  files: readonly string[],
  context: CommandContext,
): Promise<Required<Overrides>> {
  const found = files.map((file) => [file, existing(file, context)] as const)
  const read: Overrides[] = []
  for (const [name, file] of found) read.push(await readOne(name, file, context))
  return {
    configuration: merged(read.map(({ configuration }) => configuration)),
    secrets: merged(read.map(({ secrets }) => secrets)),
  }
}

function existing(name: string, { terminal }: CommandContext): string {
  const file = path.resolve(terminal.workingDirectory, name)
  if (existsSync(file)) return file
  throw new SquallError('SQUALL_USAGE', { reason: `--var-file '${name}': there is no such file.` })
}

async function readOne(name: string, file: string, context: CommandContext): Promise<Overrides> {
  const text = textOf(name, file)
  const format = formats.get(path.extname(name))
  const document = format ? await documentOf(text, format, name, context) : null
  if (document === 'unreadable') return {}
  // The reference takes a file that holds nothing, as `{}`, for lines of NAME=value, whatever its extension.
  if (isEmpty(document)) return readDotenv(text, name)
  if (!isObject(document)) throw wrong(name, 'it is no object with `configuration` and `secrets`')
  return {
    configuration: section(document, 'configuration', name),
    secrets: section(document, 'secrets', name),
  }
}

const formats: ReadonlyMap<string, 'json' | 'yaml'> = new Map([
  ['.json', 'json'],
  ['.yaml', 'yaml'],
  ['.yml', 'yaml'],
])

function textOf(name: string, file: string): string {
  try {
    return readFileSync(file, 'utf8').replace(/^\uFEFF/, '')
  } catch (cause) {
    throw wrong(name, cause instanceof Error ? cause.message : String(cause), cause)
  }
}

/** A file that does not parse is told and left out, as in the reference. */
async function documentOf(
  text: string,
  format: 'json' | 'yaml',
  name: string,
  { terminal, paint }: CommandContext,
): Promise<JsonValue> {
  if (text.trim() === '') return null
  try {
    return await parseText(text, format, name)
  } catch (error) {
    if (!hasCode(error, 'SQUALL_SOURCE_SYNTAX')) throw error
    terminal.err(`${paint('red', 'error')} ${safe(error.message)} This var file is left out.\n`, 'ERROR')
    return 'unreadable'
  }
}

function isEmpty(document: JsonValue): boolean {
  if (typeof document !== 'object' || document === null) return !document
  return Object.keys(document).length === 0
}

function section(document: Record<string, unknown>, key: string, name: string): JsonObject {
  const value = document[key] ?? {}
  if (isObject(value)) return value as JsonObject
  throw wrong(name, `its \`${key}\` is no object`)
}

/** Lines of NAME=value, no quotes, no expansion: what other programs would call the environment, and so do we. */
function readDotenv(text: string, name: string): Overrides {
  for (const [index, line] of text.split(/\r\n|\r|\n/).entries()) {
    const plain = line.trim()
    if (plain === '' || plain.startsWith('#')) continue
    const equals = plain.indexOf('=')
    if (equals < 1) throw wrong(name, `line ${index + 1} is no NAME=value`)
    setEnvironment(plain.slice(0, equals), plain.slice(equals + 1))
  }
  return {}
}

function wrong(file: string, reason: string, cause?: unknown): SquallError {
  return new SquallError('SQUALL_VAR_FILE', { file, reason }, { cause })
}
