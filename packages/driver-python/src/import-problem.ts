import { ActivityFailed, SquallError } from '@squall/contract'
import { extensionsInRepositories, knownExtensions } from './known-extensions.ts'
import type { Fail } from './messages.ts'

/** Why a module cannot be used, in a sentence, and what to do. */
export interface ImportProblem {
  readonly reason: string
  readonly hint: string
  /** The module itself, or the package it is in, where that is what is not there. */
  readonly missing?: string
}

/** What a failed import means; undefined for any other failure. */
export function importProblem(module: string, fail: Fail, interpreter: string): ImportProblem | undefined {
  if (fail.kind === 'import') return { reason: fail.message.replace(/\.$/, ''), hint: 'Mend the module.' }
  if (fail.kind !== 'missing-module') return undefined
  const { missing } = fail
  const isItself = module === missing || module.startsWith(`${missing}.`)
  const reason = isItself
    ? `there is no module '${missing}' in ${interpreter}`
    : `it needs '${missing}', which is not installed`
  return { reason, hint: installHint(missing, interpreter), ...(isItself ? { missing } : {}) }
}

/** Drivers of squall that do the work of a Python package, by the first part of its module paths. */
const standIns: Readonly<Record<string, string>> = {
  chaosaddons: '@squall/driver-addons',
  chaosservicefabric: '@squall/driver-fabric',
  chaostoxi: '@squall/driver-net',
}

/** How to get a module. */
export function installHint(module: string, interpreter: string): string {
  const [top = module] = module.split('.')
  const known = entryOf(knownExtensions, top)
  const standIn = entryOf(standIns, top)
  const instead = standIn === undefined ? '' : `, or \`npm install ${standIn}\`, which stands in for it`
  if (known !== undefined) return `Install it with \`${interpreter} -m pip install ${known}\`${instead}.`
  const repository = entryOf(extensionsInRepositories, top)
  if (repository !== undefined)
    return `Install it from its repository: \`${interpreter} -m pip install git+https://github.com/${repository}\`.`
  return `Install the package it is in with \`${interpreter} -m pip install ...\`, or put the folder of '${top}' on PYTHONPATH.`
}

function entryOf(table: Readonly<Record<string, string>>, name: string): string | undefined {
  return Object.hasOwn(table, name) ? table[name] : undefined
}

export function importError(module: string, { reason, hint }: ImportProblem): SquallError {
  return new SquallError('SQUALL_PYTHON_IMPORT', { module, reason }, { hint })
}

export function functionError(module: string, func: string, names: readonly string[]): SquallError {
  return new SquallError('SQUALL_PYTHON_FUNCTION', { module, func }, { hint: functionHint(names) })
}

export function functionHint(names: readonly string[]): string {
  const shown = names.slice(0, 30).join(', ')
  return names.length === 0
    ? 'It has no functions.'
    : `It has ${shown}${names.length > 30 ? ' and more' : ''}.`
}

/** A failed activity, with Python's own lines for the journal. */
export function failedActivity(message: string, trace?: readonly string[], hint?: string): ActivityFailed {
  return new ActivityFailed(message, { ...(trace ? { trace } : {}), ...(hint === undefined ? {} : { hint }) })
}
