import type { Command } from 'commander'
import type { GlobalOptions } from '../commands/command-context.ts'

/** Words of a command line as it was read: the command's name, its arguments and its options. */
export interface Call {
  /** Names of commands in commands are joined by a blank: `journal fold`. */
  readonly command: string
  /** The arguments; one that may be left out and was is undefined. */
  readonly words: readonly (string | undefined)[]
  readonly options: object
}

/** Runs one command; the code that does so is loaded when it is chosen. */
export type Perform = (call: Call, global: GlobalOptions) => Promise<void>

/** Adds a command, or several of one name, to the program. */
export type AddCommand = (program: Command, perform: Perform) => void

/** The action of a command: hands on what commander calls it with, arguments first, then options and the command. */
export function action(
  command: string,
  program: Command,
  perform: Perform,
): (...given: unknown[]) => Promise<void> {
  return (...given) => {
    const words = given.slice(0, -2) as (string | undefined)[]
    return perform({ command, words, options: given.at(-2) as object }, program.opts<GlobalOptions>())
  }
}
