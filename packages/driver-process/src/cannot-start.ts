import { type Command, commandLine } from './command.ts'

/** The error of a child that the system did not start. */
export function cannotStart(command: Command, cause: unknown): Error {
  const reason = cause instanceof Error ? cause.message : String(cause)
  return new Error(`\`${commandLine(command)}\` could not be started: ${reason}.`, { cause })
}
