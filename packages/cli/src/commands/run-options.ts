import path from 'node:path'
import type { RunEventReader } from '@squall/contract'
import type {
  DriverRegistry,
  DryLevel,
  GlobalControls,
  LoadedExperiment,
  Overrides,
  RedactLevel,
  RunOptions,
  RunPart,
  Settings,
} from '@squall/core'
import { fileLog, jsonLog } from '../terminal/log-sinks.ts'
import { RunView } from '../terminal/run-view.ts'
import type { CommandContext } from './command-context.ts'
import type { VariableOptions } from './variables.ts'

export interface RunCommandOptions extends VariableOptions {
  readonly journalPath: string
  readonly dry?: DryLevel
  readonly only?: readonly RunPart[]
  readonly explainConfig?: boolean
  readonly validation: boolean
  readonly verifyTls: boolean
  readonly rollbackStrategy?: string
  readonly hypothesisStrategy?: string
  readonly hypothesisFrequency: number
  readonly failFast?: boolean
  readonly controlFile: readonly string[]
  readonly driver: readonly string[]
  readonly python?: string
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

/** What a run is about. */
export interface RunSubject {
  readonly loaded: LoadedExperiment
  readonly drivers: DriverRegistry
  readonly settings: Settings
  readonly overrides: Overrides
  /** Controls of the settings and of control files; undefined when there are none. */
  readonly controls: GlobalControls | undefined
}

/** The control files a command line names. */
export function controlFiles(
  { controlFile }: Pick<RunCommandOptions, 'controlFile'>,
  { terminal }: CommandContext,
): string[] {
  return controlFile.map((file) => path.resolve(terminal.workingDirectory, file))
}

/** Where the journal goes; undefined when it is printed. */
export function journalFile(
  { journalPath }: Pick<RunCommandOptions, 'journalPath'>,
  { terminal }: CommandContext,
): string | undefined {
  return journalPath === '-' ? undefined : path.resolve(terminal.workingDirectory, journalPath)
}

/** The options of the run that a command line asks for. */
export function runOptions(
  { loaded, drivers, settings, overrides, controls }: RunSubject,
  options: RunCommandOptions,
  context: CommandContext,
): RunOptions {
  const { dry, only, seed, eventLog, maxDuration, stopFile } = options
  const strategies = {
    ...(options.hypothesisStrategy === undefined
      ? {}
      : { hypothesis: wellSpelt(options.hypothesisStrategy) }),
    ...(options.rollbackStrategy === undefined ? {} : { rollbacks: options.rollbackStrategy }),
  }
  const journalPath = journalFile(options, context)
  return {
    drivers,
    settings,
    strategies,
    overrides,
    directory: loaded.directory,
    hypothesisFrequency: options.hypothesisFrequency,
    redact: options.redact,
    maxOutput: options.maxOutput,
    failFast: options.failFast ?? false,
    protect: options.protect,
    strict: options.strict ?? false,
    rollbacksOnCrash: options.onCrash === 'rollbacks',
    onEvent: readersOf(context, options.hypothesisFrequency),
    ...(controls === undefined ? {} : { controls }),
    ...(journalPath === undefined ? {} : { journalPath }),
    ...(maxDuration === undefined ? {} : { maxDuration }),
    ...(stopFile === undefined
      ? {}
      : { stopFile: path.resolve(context.terminal.workingDirectory, stopFile) }),
    ...(dry === undefined ? {} : { dry }),
    ...(only === undefined ? {} : { only }),
    ...(seed === undefined ? {} : { seed }),
    ...(eventLog === undefined ? {} : { eventLog }),
  }
}

function readersOf({ terminal, paint, global }: CommandContext, frequency: number): RunEventReader {
  const readers: RunEventReader[] = []
  if (global.logFormat === 'json') {
    const { show: write, pid, contextId: context } = terminal
    readers.push(jsonLog({ write, pid, context, frequency }))
  } else {
    const { show: write, isInteractive } = terminal
    const view = new RunView({ write, paint, isInteractive, verbose: global.verbose ?? false })
    readers.push((event) => view.read(event))
  }
  if (typeof global.logFile === 'string')
    readers.push(fileLog(global.logFile, global.logFileLevel, frequency))
  return (event) => {
    for (const read of readers) read(event)
  }
}

/** Scripts may hold the spelling that the reference had first. */
function wellSpelt(strategy: string): string {
  return strategy === 'continously' ? 'continuously' : strategy
}
