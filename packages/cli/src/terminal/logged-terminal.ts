import { appendFileSync } from 'node:fs'
import { stripVTControlCharacters } from 'node:util'
import { SquallError } from '@squall/contract'
import type { GlobalOptions } from '../commands/command-context.ts'
import type { Terminal } from '../host/terminal.ts'
import type { Level } from './describe-event.ts'
import { fileLine, jsonLine } from './log-sinks.ts'

/**
 * A terminal whose talk goes where the options before the command say: as JSON lines, and into the log file too. Throws
 * `SQUALL_USAGE` for a log file that cannot be written.
 */
export function loggedTerminal(terminal: Terminal, global: GlobalOptions): Terminal {
  const { logFormat, logFile, logFileLevel } = global
  if (logFormat === 'string' && typeof logFile !== 'string') return terminal
  if (typeof logFile === 'string') checkWritable(logFile)
  const err = (text: string, level: Level = 'INFO'): void => {
    const plain = stripVTControlCharacters(text).trim()
    if (plain === '') return
    terminal.show(logFormat === 'json' ? jsonLine(level, plain, terminal) : text)
    if (typeof logFile === 'string') fileLine(logFile, logFileLevel, plain, level)
  }
  const note = (text: string): void => {
    if (typeof logFile === 'string') fileLine(logFile, logFileLevel, text, 'INFO')
  }
  // What is asked of the process stays to be asked of it.
  return Object.assign(Object.create(terminal) as Terminal, { err, note })
}

/** Said before anything is done, and not in the middle of a run. */
function checkWritable(file: string): void {
  try {
    appendFileSync(file, '', { mode: 0o600 })
  } catch (cause) {
    const reason = `The log file '${file}' cannot be written.`
    throw new SquallError('SQUALL_USAGE', { reason }, { cause, hint: 'Name another one with --log-file.' })
  }
}
