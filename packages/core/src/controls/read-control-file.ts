import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { hasCode, isObject, type JsonObject, SquallError } from '@squall/contract'
import { parseText } from '../load/parse-text.ts'
import { reasonOf } from '../run/exception-lines.ts'

/** A control file that is neither JSON nor YAML: its place is in the message. */
export class ControlFileSyntax extends SquallError<'SQUALL_CONTROL_FILE'> {
  constructor({ fields: { at, reason }, cause }: SquallError<'SQUALL_SOURCE_SYNTAX'>) {
    super('SQUALL_CONTROL_FILE', { path: at, reason: `cannot be used: ${reason}` }, { cause })
  }
}

/**
 * Reads a control file (spec 17.1): the name of each control to an object with its `provider`, as JSON or YAML. Rejects
 * with `SQUALL_CONTROL_FILE`, and with `SQUALL_USAGE` where there is no such file.
 */
export async function readControlFile(file: string): Promise<JsonObject> {
  const broken = (reason: string, cause?: unknown): SquallError =>
    new SquallError('SQUALL_CONTROL_FILE', { path: file, reason }, { cause })
  if (!existsSync(file))
    throw new SquallError('SQUALL_USAGE', { reason: `--control-file '${file}': there is no such file.` })
  const extension = path.extname(file)
  if (!['.json', '.yaml', '.yml'].includes(extension)) throw broken('has no extension .json, .yaml or .yml')
  let text: string
  try {
    text = readFileSync(file, 'utf8').replace(/^\uFEFF/, '')
  } catch (cause) {
    throw broken(`cannot be read: ${reasonOf(cause)}`, cause)
  }
  const parsed = await parseText(text, extension === '.json' ? 'json' : 'yaml', file).catch(
    (error: unknown) => {
      throw hasCode(error, 'SQUALL_SOURCE_SYNTAX') ? new ControlFileSyntax(error) : error
    },
  )
  if (parsed === null) return {}
  const entries = isObject(parsed) ? Object.entries(parsed) : undefined
  if (!entries) throw broken('holds no object')
  for (const [name, control] of entries) {
    if (!isObject(control) || !isObject(control['provider']))
      throw broken(`declares '${name}' without a provider`)
  }
  return parsed as JsonObject
}
