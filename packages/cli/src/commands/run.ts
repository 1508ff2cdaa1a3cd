import type { Experiment, JsonValue, SquallError } from '@squall/contract'
import {
  type DriverRegistry,
  type FinishedRun,
  globalControls,
  journalText,
  type LoadedExperiment,
  type RunOptions,
  startRun,
  strictFindings,
  validateExperiment,
  waveThrough,
  withoutSecrets,
  writeJournal,
} from '@squall/core'
import { receiveSignals } from '../host/signals.ts'
import { safe } from '../terminal/paint.ts'
import { problemsText } from '../terminal/show-problems.ts'
import { validationLines } from '../terminal/validation-lines.ts'
import type { CommandContext } from './command-context.ts'
import { registryOf, settingsOf } from './find-project.ts'
import { folderOf, loadSource } from './load-source.ts'
import { type Notify, notifierOf } from './notifier.ts'
import {
  controlFiles,
  journalFile,
  type RunCommandOptions,
  type RunSubject,
  runOptions,
} from './run-options.ts'
import { readOverrides } from './variables.ts'

/** `squall run SOURCE`: plays the experiment, writes its journal, and answers 0 only when it completed. */
export async function runCommand(
  source: string,
  options: RunCommandOptions,
  context: CommandContext,
): Promise<number> {
  if (options.hypothesisStrategy === 'continously')
    context.terminal.err("The strategy is spelt 'continuously'; 'continously' is taken for it.\n", 'WARNING')
  const overrides = await readOverrides(options, context)
  const settings = await settingsOf(context)
  const directory = folderOf(source, context)
  const drivers = await registryOf(context, settings, {
    directory,
    named: options.driver,
    python: options.python,
  })
  const controls = await globalControls({
    drivers,
    directory,
    settings,
    files: controlFiles(options, context),
    ...(options.strict ? {} : { onLeftOut: (error) => tellLeftOut(error, context) }),
  })
  const loaded = await loadSource(source, settings, options.verifyTls, context, { drivers, controls })
  const subject = { loaded, drivers, settings, overrides, controls }
  if (options.explainConfig) {
    const { explainConfig } = await import('./explain-config.ts')
    return explainConfig(subject, options, context)
  }
  const tell = await notifierOf({ settings, registry: drivers, directory }, context)
  await tell('run-started', { payload: startedPayload(subject, options, context) })
  const experiment = await validated(loaded, drivers, options, context)
  if (!experiment) return 1
  const finished = await play(experiment, runOptions(subject, options, context))
  keepJournal(finished, options, context)
  await tellEnd(finished, tell)
  return finished.exitCode
}

/** As in the reference, a run does without a control file that does not parse; `--strict` does not accept that. */
function tellLeftOut(error: SquallError, { terminal, paint }: CommandContext): void {
  const left = `${safe(error.message)} It is left out. ${paint('dim', `[${error.code}]`)}`
  terminal.err(`${paint('red', 'error')} ${left}\n  ${safe(error.hint)}\n`, 'ERROR')
}

/** What is hidden in the journal is hidden here too. */
function startedPayload(
  { loaded, overrides }: RunSubject,
  { redact }: RunCommandOptions,
  { terminal }: CommandContext,
): JsonValue {
  return withoutSecrets(loaded.raw, { overrides, environment: terminal.environment, level: redact })
}

async function tellEnd({ journal }: FinishedRun, tell: Notify): Promise<void> {
  const payload = journal as unknown as JsonValue
  await tell(journal.status === 'completed' ? 'run-completed' : 'run-failed', { payload })
  if (journal.deviated) await tell('run-deviated', { payload })
}

function keepJournal(finished: FinishedRun, options: RunCommandOptions, context: CommandContext): void {
  const { terminal, paint, global } = context
  const file = journalFile(options, context)
  if (file === undefined) terminal.out(journalText(finished.journal))
  else writeJournal(finished.journal, file)
  terminal.err(whyNotGood(finished, options), 'ERROR')
  if (file !== undefined && global.logFormat === 'string')
    terminal.err(paint('dim', `Journal: ${options.journalPath}\n`))
}

/** A run can have completed and still not be good. */
function whyNotGood({ journal }: FinishedRun, { strict }: RunCommandOptions): string {
  const failed = (journal.undo ?? []).filter(({ status }) => status === 'failed').length
  const what = failed === 1 ? 'An undo' : `${failed} undos`
  const undo = failed === 0 ? '' : `${what} failed: \`squall recover\` tries again.\n`
  const findings = strict ? strictFindings(journal) : []
  const restored =
    journal.restored === false ? 'The exit code is 1: the steady state does not hold at the end.\n' : ''
  return `${undo}${restored}${findings.map((finding) => `${safe(finding)}, which --strict does not accept.\n`).join('')}`
}

async function validated(
  loaded: LoadedExperiment,
  drivers: DriverRegistry,
  options: RunCommandOptions,
  { terminal, paint }: CommandContext,
): Promise<Experiment | undefined> {
  if (!options.validation) return waveThrough(loaded.raw)
  terminal.note(validationLines.before)
  const validation = await validateExperiment(loaded, { drivers })
  terminal.err(problemsText(validation.problems, paint), validation.valid ? 'WARNING' : 'ERROR')
  if (validation.valid) {
    terminal.note(validationLines.valid)
    return validation.experiment
  }
  terminal.err(`${loaded.source} is not valid, so it was not run.\n`, 'ERROR')
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
