import path from 'node:path'
import { journalOfLog, journalText, type RunLogVerification, verifyRunLog, writeJournal } from '@squall/core'
import type { CommandContext } from './command-context.ts'

export interface FoldOptions {
  readonly journalPath: string
}

type Damage = RunLogVerification['damage'][number]

/** `squall journal verify LOG_FOLDER`: 0 when the log is as it was written, 1 with the places where it is not. */
export async function verifyCommand(folder: string, { terminal, paint }: CommandContext): Promise<number> {
  const log = await verifyRunLog(path.resolve(terminal.workingDirectory, folder))
  const { intact, records, unsealed, missing, ended, torn, damage, chain } = log
  const verdict = intact ? paint('green', 'intact') : paint('red', 'broken')
  const lines = [
    `${folder} is ${verdict}: ${records} ${records === 1 ? 'event' : 'events'}.`,
    ...damage.map(damageText),
    ...(missing === undefined ? [] : [`Event ${missing} is missing.`]),
    ...(torn ? [`A half-written end is left out (line ${torn.line} of segment ${torn.segment}).`] : []),
    ...(unsealed > 0 ? [`The hash chain does not cover the last ${unsealed}, as after a crash.`] : []),
    ...(ended ? [] : ['The run had not ended when this was written.']),
    `chain ${chain ?? ''}`,
  ]
  terminal.out(`${lines.join('\n')}\n`)
  return intact ? 0 : 1
}

/** `squall journal fold LOG_FOLDER`: writes the journal of the run that the log tells of. */
export async function foldCommand(
  folder: string,
  options: FoldOptions,
  { terminal, paint }: CommandContext,
): Promise<number> {
  const { journal, damage } = await journalOfLog(path.resolve(terminal.workingDirectory, folder))
  for (const each of damage) terminal.err(`${paint('yellow', 'warning')} ${damageText(each)}\n`, 'WARNING')
  if (options.journalPath === '-') {
    terminal.out(journalText(journal))
    return 0
  }
  writeJournal(journal, path.resolve(terminal.workingDirectory, options.journalPath))
  terminal.err(paint('dim', `Journal: ${options.journalPath}\n`))
  return 0
}

function damageText({ segment, line, reason }: Damage): string {
  return `Line ${line} of segment ${segment} ${reason}.`
}
