import type { CommandContext } from '../commands/command-context.ts'
import { fileLine, jsonLine } from './log-sinks.ts'

/** Tells something that belongs to no run where the user asked for every detail: `--verbose`, or a log file of debug level. */
export function debugLine(message: string, { global, terminal, paint }: CommandContext): void {
  if (global.logFormat === 'json') terminal.show(jsonLine('DEBUG', message, terminal))
  else if (global.verbose) terminal.show(`${paint('dim', message)}\n`)
  if (typeof global.logFile === 'string') fileLine(global.logFile, global.logFileLevel, message, 'DEBUG')
}
