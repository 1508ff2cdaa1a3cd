import { Command, Help, Option } from 'commander'
import { addChaos } from './add-chaos.ts'
import { addDrivers, addPlan, addValidate } from './add-checks.ts'
import { addCompleteWords, addCompletion } from './add-completion.ts'
import { addDiscover } from './add-discover.ts'
import { addRecover, addStop } from './add-ends.ts'
import { addInit } from './add-init.ts'
import { addJournal } from './add-journal.ts'
import { addDocs, addSchema, addTypes } from './add-kit.ts'
import { addLab } from './add-lab.ts'
import { addRun } from './add-run.ts'
import { addInfo, addSettings } from './add-settings.ts'
import type { AddCommand, Perform } from './perform.ts'

const commands: Readonly<Record<string, AddCommand>> = {
  run: addRun,
  validate: addValidate,
  plan: addPlan,
  drivers: addDrivers,
  discover: addDiscover,
  init: addInit,
  recover: addRecover,
  stop: addStop,
  journal: addJournal,
  info: addInfo,
  settings: addSettings,
  schema: addSchema,
  types: addTypes,
  docs: addDocs,
  lab: addLab,
  chaos: addChaos,
  completion: addCompletion,
  'complete-words': addCompleteWords,
}

/**
 * The command line. Given the words it is going to read, it knows only the commands that are among them, which is
 * quicker; without a known one among them it knows all.
 */
export function makeProgram(version: string, perform: Perform, words: readonly string[] = []): Command {
  const program = new Command('squall')
  program
    .description('Chaos engineering for people who live in npm.')
    .version(`squall, version ${version}`, '--version', 'print the version')
    .helpOption('-h, --help', 'print this help')
    .configureHelp({ optionDescription: withoutEmptyDefault })
    .enablePositionalOptions()
    .showHelpAfterError('(add --help to see what it takes)')
    .option('--verbose', 'show everything, debug messages too')
    .option('--no-version-check', 'accepted for scripts; squall never looks for new versions')
    .option('--change-dir <dir>', 'work in this folder')
    .option('--no-log-file', 'accepted for scripts; no log file is written unless asked for')
    .option('--log-file <path>', 'append a log to this file')
    .addOption(
      new Option('--log-file-level <level>', 'lowest level in the log file')
        .choices(['debug', 'info', 'warning', 'error'])
        .default('debug'),
    )
    .addOption(
      new Option('--log-format <format>', 'how the run is told')
        .choices(['string', 'json'])
        .default('string'),
    )
    .option('--settings <path>', 'settings file in place of the usual ones')
  const named = Object.keys(commands).filter((name) => words.includes(name))
  const needed =
    named.length === 0 || words.includes('--help') || words.includes('-h') ? Object.keys(commands) : named
  for (const name of needed) commands[name]?.(program, perform)
  return program
}

/** That nothing is given unless something is goes without saying. */
function withoutEmptyDefault(option: Option): string {
  return new Help().optionDescription(option).replace(' (default: [])', '')
}
