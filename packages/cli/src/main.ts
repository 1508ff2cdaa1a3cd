import path from 'node:path'
import { isSquallError, SquallError } from '@squall/contract'
import { importModulesWith, unfinishedRuns } from '@squall/core'
import { type Command, CommanderError } from 'commander'
import { makeProgram } from './command-line/program.ts'
import type { CommandContext, GlobalOptions } from './commands/command-context.ts'
import { closeDrivers } from './commands/find-project.ts'
import { changeDirectory, commandArguments, leave, meanToLeave } from './host/leave.ts'
import { processTerminal, type Terminal } from './host/terminal.ts'
import { performCommand } from './perform-command.ts'
import { leftBehindText } from './terminal/left-behind.ts'
import { loggedTerminal } from './terminal/logged-terminal.ts'
import { painter } from './terminal/paint.ts'
import { errorText } from './terminal/show-error.ts'

export interface MainOptions {
  /** The folder of the package whose command was started; its dependencies are the drivers that came with it. */
  readonly commandFolder: string
  readonly version: string
  /** Imports a module by package name or file URL, as seen from the command's own file. */
  readonly importModule: (specifier: string) => Promise<unknown>
}

/** Runs the command line of this process and ends it: 0 good, 1 not, 2 wrong usage. */
export async function main(options: MainOptions): Promise<never> {
  const terminal = processTerminal()
  importModulesWith(options.importModule)
  // A command that a driver leaves waiting for ever has not succeeded.
  meanToLeave(1)
  const code = await runCommandLine(commandArguments(), options, terminal)
  meanToLeave(code)
  await closeDrivers()
  leave(code)
}

/** Reads a command line, does what it asks for and resolves to the exit code. */
export async function runCommandLine(
  argv: readonly string[],
  options: MainOptions,
  terminal: Terminal,
): Promise<number> {
  let exitCode = 0
  let talk = terminal
  const program = makeProgram(
    options.version,
    async (call, global) => {
      const context = contextOf(global, options, terminal)
      talk = context.terminal
      if (call.command !== 'recover') await tellWhatIsLeftBehind(context)
      exitCode = await performCommand(call, context)
    },
    argv,
  )
  program.configureOutput({ writeOut: terminal.out, writeErr: terminal.err })
  for (const command of withCommandsBelow(program)) command.exitOverride()
  try {
    if (argv.length === 0) program.help({ error: true })
    await program.parseAsync([...argv], { from: 'user' })
    return exitCode
  } catch (error) {
    if (error instanceof CommanderError) return usageCode(error)
    talk.err(errorText(error, painter(terminal.hasColors)), 'ERROR')
    return isSquallError(error) && error.code === 'SQUALL_USAGE' ? 2 : 1
  }
}

function withCommandsBelow(command: Command): readonly Command[] {
  return [command, ...command.commands.flatMap((below) => withCommandsBelow(below as Command))]
}

function usageCode(error: CommanderError): number {
  return error.exitCode === 0 ? 0 : 2
}

function contextOf(global: GlobalOptions, options: MainOptions, terminal: Terminal): CommandContext {
  const paths = absolutePaths(global, terminal.workingDirectory)
  if (global.changeDir !== undefined) changeTo(global.changeDir)
  const paint = painter(terminal.hasColors)
  const meant = { ...global, ...paths }
  return {
    terminal: loggedTerminal(terminal, meant),
    paint,
    commandFolder: options.commandFolder,
    global: meant,
  }
}

/** Throws `SQUALL_USAGE` for what is no folder to work in. */
function changeTo(folder: string): void {
  try {
    changeDirectory(folder)
  } catch (cause) {
    throw new SquallError(
      'SQUALL_USAGE',
      { reason: `--change-dir '${folder}': there is no such folder.` },
      { cause },
    )
  }
}

/** Log file and settings are meant from where the command was started, before --change-dir (spec 21). */
function absolutePaths(global: GlobalOptions, from: string): Partial<GlobalOptions> {
  return {
    ...(typeof global.logFile === 'string' ? { logFile: path.resolve(from, global.logFile) } : {}),
    ...(global.settings === undefined ? {} : { settings: path.resolve(from, global.settings) }),
  }
}

/** Never asks: it may be a script that runs this. */
async function tellWhatIsLeftBehind({ terminal }: CommandContext): Promise<void> {
  const text = leftBehindText(await unfinishedRuns())
  if (text !== undefined) terminal.err(`${text}\n`, 'WARNING')
}
