import path from 'node:path'
import type { Experiment, RunEventReader } from '@squall/contract'
import {
  type DriverRegistry,
  type DryLevel,
  type FinishedRun,
  type LoadedExperiment,
  type Overrides,
  type RedactLevel,
  type RunOptions,
  type Settings,
  startRun,
  validateExperiment,
  waveThrough,
  writeJournal,
} from '@squall/core'
import { receiveSignals } from '../host/signals.ts'
import { fileLog, jsonLog } from '../terminal/log-sinks.ts'
import { RunView } from '../terminal/run-view.ts'
import { problemsText } from '../terminal/show-problems.ts'
import type { CommandContext } from './command-context.ts'
import { registryOf, settingsOf } from './find-project.ts'
import { loadSource } from './load-source.ts'
import { readOverrides, type VariableOptions } from './variables.ts'

export interface RunCommandOptions extends VariableOptions {
  readonly journalPath: string
  readonly dry?: DryLevel
  readonly validation: boolean
  readonly verifyTls: boolean
  readonly rollbackStrategy?: string
  readonly hypothesisStrategy?: string
  readonly hypothesisFrequency: number
  readonly failFast?: boolean
  readonly driver: readonly string[]
  readonly seed?: string
  readonly eventLog?: string
  readonly redact: RedactLevel
  readonly maxOutput: number
  readonly maxDuration?: number
  readonly stopFile?: string
  readonly protect: readonly string[]
  readonly onCrash?: 'rollbacks'
  readonly strict?: boolean
}

/** `squall run SOURCE`: plays the experiment, writes its journal, and answers 0 only when it completed. */
export async function runCommand(
  source: string,
  options: RunCommandOptions,
  context: CommandContext,
): Promise<number> {
  const overrides = await readOverrides(options, context)
  const settings = await settingsOf(context)
  const loaded = await loadSource(source, settings, options.verifyTls, context)
  const drivers = await registryOf(context, settings, { directory: loaded.directory, named: options.driver })
  const experiment = await validated(loaded, drivers, options, context)
  if (!experiment) return 1
  const finished = await play(experiment, runOptions(loaded, drivers, settings, overrides, options, context))
  const journalPath = path.resolve(context.terminal.workingDirectory, options.journalPath)
  writeJournal(finished.journal, journalPath)
  if (context.global.logFormat === 'string')
    context.terminal.err(
      `${whyNotGood(finished, options)}${context.paint('dim', `Journal: ${options.journalPath}\n`)}`,
    )
  return finished.exitCode
}

/** A run can have completed and still not be good. */
function whyNotGood({ journal }: FinishedRun, { strict }: RunCommandOptions): string {
  const failed = (journal.undo ?? []).filter(({ status }) => status === 'failed').length
  const what = failed === 1 ? 'An undo' : `${failed} undos`
  const undo = failed === 0 ? '' : `${what} failed: \`squall recover\` tries again.\n`
  const residue =
    strict && journal.residue ? 'Something was left behind, which --strict does not accept.\n' : ''
  return `${undo}${residue}`
}

async function validated(
  loaded: LoadedExperiment,
  drivers: DriverRegistry,
  options: RunCommandOptions,
  { terminal, paint }: CommandContext,
): Promise<Experiment | undefined> {
  if (!options.validation) return waveThrough(loaded.raw)
  const validation = await validateExperiment(loaded, { drivers })
  terminal.err(problemsText(validation.problems, paint))
  if (validation.valid) return validation.experiment
  terminal.err(`${loaded.source} is not valid, so it was not run.\n`)
  // As in the reference: what stands in for a variable counts during the run only.
  const isForWant = validation.problems.some(({ code }) => code === 'SQUALL_CONFIGURATION_MISSING')
  if (isForWant && (options.var.length > 0 || options.varFile.length > 0))
    terminal.err(
      'The file is checked as it stands, without --var; with --no-validation it is run unchecked.\n',
    )
  return undefined
}

/** Signals end the run the way the reference's do, from the first event to the journal. */
async function play(experiment: Experiment, options: RunOptions): Promise<FinishedRun> {
  const run = startRun(experiment, options)
  const stopReceiving = receiveSignals((signal) => run.interrupt(signal))
  try {
    return await run.finished
  } finally {
    stopReceiving()
  }
}

function runOptions(
  loaded: LoadedExperiment,
  drivers: DriverRegistry,
  settings: Settings,
  overrides: Overrides,
  options: RunCommandOptions,
  context: CommandContext,
): RunOptions {
  const strategies = {
    ...(options.hypothesisStrategy === undefined ? {} : { hypothesis: options.hypothesisStrategy }),
    ...(options.rollbackStrategy === undefined ? {} : { rollbacks: options.rollbackStrategy }),
  }
  return {
    drivers,
    settings,
    strategies,
    directory: loaded.directory,
    journalPath: path.resolve(context.terminal.workingDirectory, options.journalPath),
    overrides,
    hypothesisFrequency: options.hypothesisFrequency,
    redact: options.redact,
    maxOutput: options.maxOutput,
    failFast: options.failFast ?? false,
    protect: options.protect,
    strict: options.strict ?? false,
    rollbacksOnCrash: options.onCrash === 'rollbacks',
    ...(options.maxDuration === undefined ? {} : { maxDuration: options.maxDuration }),
    ...(options.stopFile === undefined
      ? {}
      : { stopFile: path.resolve(context.terminal.workingDirectory, options.stopFile) }),
    onEvent: readersOf(context),
    ...(options.dry === undefined ? {} : { dry: options.dry }),
    ...(options.seed === undefined ? {} : { seed: options.seed }),
    ...(options.eventLog === undefined ? {} : { eventLog: options.eventLog }),
  }
}

function readersOf({ terminal, paint, global }: CommandContext): RunEventReader {
  const readers: RunEventReader[] = []
  if (global.logFormat === 'json') readers.push(jsonLog(terminal.err, terminal.pid, terminal.contextId))
  else {
    const { err: write, isInteractive } = terminal
    const view = new RunView({ write, paint, isInteractive, verbose: global.verbose ?? false })
    readers.push((event) => view.read(event))
  }
  if (typeof global.logFile === 'string') readers.push(fileLog(global.logFile, global.logFileLevel))
  return (event) => {
    for (const read of readers) read(event)
  }
}
