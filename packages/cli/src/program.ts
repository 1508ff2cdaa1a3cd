import { hypothesisStrategies, rollbackStrategies } from '@squall/core'
import { Command, InvalidArgumentError, Option } from 'commander'
import { addJournal } from './add-journal.ts'
import type { GlobalOptions } from './commands/command-context.ts'

/** Runs one command; the code that does so is loaded when it is chosen. */
export type Perform = (
  command: string,
  argument: string | undefined,
  options: object,
  global: GlobalOptions,
) => Promise<void>

const collect = (value: string, earlier: string[]): string[] => [...earlier, value]

function seconds(text: string): number {
  const value = Number(text)
  if (text.trim() === '' || Number.isNaN(value) || value < 0)
    throw new InvalidArgumentError('It takes a number of seconds.')
  return value
}

const driverOption = (): Option =>
  new Option('--driver <name or path>', 'use this driver too (repeatable)').argParser(collect).default([])
const varOption = (): Option =>
  new Option('--var <name[:type]=value>', 'set a declared configuration value (repeatable)')
    .argParser(collect)
    .default([])
const protectOption = (): Option =>
  new Option('--protect <pattern>', 'refuse actions whose target matches (repeatable)')
    .argParser(collect)
    .default([])
const redactOption = (): Option =>
  new Option('--redact <what>', 'which values are replaced by [secret NAME]')
    .choices(['secrets', 'all'])
    .default('secrets')
const seedOption = (): Option => new Option('--seed <text>', 'make every choice by chance from this seed')

const commands: Readonly<Record<string, (program: Command, perform: Perform) => void>> = {
  run: addRun,
  validate: addValidate,
  plan: addPlan,
  drivers: addDrivers,
  recover: addRecover,
  stop: addStop,
  journal: (program, perform) =>
    addJournal(program, (command, log, options) =>
      perform(command, log, options, program.opts<GlobalOptions>()),
    ),
  lab: addLab,
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

function addRun(program: Command, perform: Perform): void {
  program
    .command('run')
    .description('Run an experiment and write its journal.')
    .argument('<source>', 'path or http(s) URL of the experiment')
    .option('--journal-path <path>', 'where the journal goes', './journal.json')
    .addOption(
      new Option('--dry <level>', 'skip the execution of some activities').choices([
        'probes',
        'actions',
        'activities',
        'pause',
      ]),
    )
    .option('--no-validation', 'run it without checking it first')
    .option('--no-verify-tls', 'accept any certificate of the source URL')
    .addOption(
      new Option('--rollback-strategy <strategy>', 'when rollbacks are played').choices(rollbackStrategies),
    )
    .addOption(
      new Option('--hypothesis-strategy <strategy>', 'when the steady state is checked').choices(
        hypothesisStrategies.filter((strategy) => strategy !== 'skip'),
      ),
    )
    .option('--hypothesis-frequency <seconds>', 'from one check during the method to the next', seconds, 1)
    .option('--fail-fast', 'end the run at the first check during the method that is not met')
    .addOption(varOption())
    .addOption(driverOption())
    .addOption(seedOption())
    .addOption(redactOption())
    .option(
      '--max-output <bytes>',
      'cut longer outputs in the journal and keep them beside it',
      bytes,
      1_048_576,
    )
    .option('--event-log <dir>', 'keep the event log of the run in this folder')
    .option('--max-duration <seconds>', 'end the run after this time', seconds)
    .option('--stop-file <path>', 'end the run when this file appears')
    .addOption(protectOption())
    .addOption(new Option('--on-crash <what>', 'what a watchdog does beside undoing').choices(['rollbacks']))
    .option('--strict', 'exit with 1 when something was left behind')
    .action((source: string, options: object) =>
      perform('run', source, options, program.opts<GlobalOptions>()),
    )
}

function addValidate(program: Command, perform: Perform): void {
  program
    .command('validate')
    .description('Check an experiment without running it.')
    .argument('<source>', 'path or http(s) URL of the experiment')
    .option('--no-verify-tls', 'accept any certificate of the source URL')
    .addOption(driverOption())
    .action((source: string, options: object) =>
      perform('validate', source, options, program.opts<GlobalOptions>()),
    )
}

function addPlan(program: Command, perform: Perform): void {
  program
    .command('plan')
    .description('Say what an experiment would touch and how it is undone.')
    .argument('<source>', 'path or http(s) URL of the experiment')
    .option('--json', 'print the plan as JSON')
    .option('--no-verify-tls', 'accept any certificate of the source URL')
    .addOption(varOption())
    .addOption(driverOption())
    .addOption(seedOption())
    .addOption(redactOption())
    .addOption(protectOption())
    .action((source: string, options: object) =>
      perform('plan', source, options, program.opts<GlobalOptions>()),
    )
}

function addDrivers(program: Command, perform: Perform): void {
  program
    .command('drivers')
    .description('List the installed drivers and what they offer.')
    .option('--json', 'print the manifests as JSON')
    .addOption(driverOption())
    .action((options: object) => perform('drivers', undefined, options, program.opts<GlobalOptions>()))
}

/** Less leaves no room for the note that stands where something was cut. */
const leastBytes = 1024

function bytes(text: string): number {
  const value = Number(text)
  if (!Number.isSafeInteger(value) || value < leastBytes)
    throw new InvalidArgumentError(`It takes a number of bytes, ${leastBytes} or more.`)
  return value
}

function port(text: string): number {
  const value = Number(text)
  if (!Number.isInteger(value) || value < 1 || value > 65_535)
    throw new InvalidArgumentError('It takes a port from 1 to 65535.')
  return value
}

function count(text: string): number {
  const value = Number(text)
  if (!Number.isInteger(value) || value < 0) throw new InvalidArgumentError('It takes a whole number.')
  return value
}

function addRecover(program: Command, perform: Perform): void {
  program
    .command('recover')
    .description('Undo what runs left behind that were cut off.')
    .option('--list', 'only say what there is')
    .option('--yes', 'do not ask')
    .option('--json', 'print the runs as JSON')
    .action((options: object) => perform('recover', undefined, options, program.opts<GlobalOptions>()))
}

function addStop(program: Command, perform: Perform): void {
  program
    .command('stop')
    .description('End a running run: it undoes what it did and writes its journal.')
    .argument('[pid]', 'the pid of its runner, where several are going on')
    .option('--all', 'end every run of this user')
    .action((pid: string | undefined, options: object) =>
      perform('stop', pid, options, program.opts<GlobalOptions>()),
    )
}

function addLab(program: Command, perform: Perform): void {
  const lab = program.command('lab').description('The demo lab: DataSource, ShowData, Gateway and Keeper.')
  const action = (command: string) => (options: object) =>
    perform(command, undefined, options, program.opts<GlobalOptions>())
  lab
    .command('up')
    .description('Start the lab; it runs on until `squall lab down`.')
    .option('--instances <count>', 'instances of each service', count, 1)
    .option('--keeper', 'replace instances that die or freeze')
    .option('--dir <dir>', 'folder for port files, gateway configuration and logs')
    .option('--gateway-port <port>', 'port of the gateway', port, 5000)
    .option('--datasource-port <port>', 'first of the ten ports of DataSource', port, 8080)
    .option('--showdata-port <port>', 'first of the ten ports of ShowData', port, 8090)
    .option('--recover-within <ms>', 'time the keeper has to restore the full number', count)
    .option('--recover-after <ms>', 'time the keeper waits before it acts', count)
    .option('--answer-503', 'answer 503 in place of 200 when a service is not available')
    .action(action('lab up'))
  lab
    .command('status')
    .description('Say what runs.')
    .option('--dir <dir>', 'only the lab of this folder')
    .option('--json', 'print it as JSON')
    .action(action('lab status'))
  lab
    .command('down')
    .description('End every lab of this user.')
    .option('--dir <dir>', 'only the lab of this folder')
    .action(action('lab down'))
  lab
    .command('run')
    .description('Play the scenarios of the demo lab.')
    .argument('[scenario]', 'only this one')
    .action((scenario: string | undefined, options: object) =>
      perform('lab run', scenario, options, program.opts<GlobalOptions>()),
    )
}
