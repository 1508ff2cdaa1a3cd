import { existsSync, readdirSync } from 'node:fs'
import path from 'node:path'
import {
  type Clock,
  type Experiment,
  type JsonObject,
  type RunEventReader,
  SquallError,
} from '@squall/contract'
import { substitute, withoutSteps } from '../configuration/substitute.ts'
import { DriverRegistry, driverObjects } from '../drivers/registry.ts'
import { protectionOf } from '../guards/protection.ts'
import { systemClock } from '../host/clock.ts'
import { processEnvironment } from '../host/environment.ts'
import { machineFacts } from '../host/machine.ts'
import { randomName } from '../host/random-name.ts'
import { freshSeed } from '../host/seed.ts'
import { runsFolder } from '../host/state-folder.ts'
import { JournalFold } from '../journal/fold-journal.ts'
import { outputLimit } from '../journal/limit-outputs.ts'
import { strictFindings } from '../journal/strict-findings.ts'
import { writeJournal } from '../journal/write-journal.ts'
import { version } from '../version.ts'
import { cardOfRun } from './card-of-run.ts'
import { enterRun } from './drivers-in-use.ts'
import { endInTime } from './end-in-time.ts'
import { EventStream } from './event-stream.ts'
import { reasonOf } from './exception-lines.ts'
import { guardRollbacks } from './guard-rollbacks.ts'
import { Interruption } from './interruption.ts'
import { jsonExperiment } from './json-experiment.ts'
import { copyJson } from './json-result.ts'
import { makeScope, type ScopeOptions } from './make-scope.ts'
import { playExperiment } from './play-experiment.ts'
import { RunLog } from './run-log.ts'
import type { FinishedRun, Run, RunOptions } from './run-options.ts'
import { runParts, strategiesOfParts } from './run-parts.ts'
import { listOf, type RunScope } from './run-scope.ts'
import { completeRun, withControls } from './run-with-controls.ts'
import { chooseStrategies } from './strategies.ts'

/** Runs an experiment and resolves to its journal and verdict. */
export async function runExperiment(experiment: Experiment, options: RunOptions): Promise<FinishedRun> {
  return startRun(experiment, options).finished
}

/** Starts an experiment; its events can be followed while it runs. */
export function startRun(experiment: Experiment, options: RunOptions): Run {
  const clock = options.clock ?? systemClock
  const fold = new JournalFold()
  const readers: RunEventReader[] = [(event) => fold.apply(event)]
  if (options.onEvent) readers.push(options.onEvent)
  const events = new EventStream(clock, readers)
  const interruption = new Interruption((by) => events.emit({ type: 'interrupted', by }))
  const onAbort = (): void => interruption.request('abort')
  if (options.signal?.aborted) onAbort()
  else options.signal?.addEventListener('abort', onAbort, { once: true })
  const leave = enterRun(options.drivers)
  const finished = playAndFold({ experiment, options, clock, events, interruption, fold }).finally(() => {
    options.signal?.removeEventListener('abort', onAbort)
    return leave()
  })
  return { events, finished, interrupt: (by) => interruption.request(by) }
}

interface Parts {
  readonly experiment: Experiment
  readonly options: RunOptions
  readonly clock: Clock
  readonly events: EventStream
  readonly interruption: Interruption
  readonly fold: JournalFold
}

async function playAndFold(parts: Parts): Promise<FinishedRun> {
  const { events, options } = parts
  if (options.eventLog) checkEmpty(options.eventLog)
  const warn = (error: Error): void => {
    const message = `The event log of this run cannot be written, so nothing that needs an undo can be done: ${reasonOf(error)}.`
    events.emit({ type: 'log', level: 'warning', message })
  }
  const folder = path.join(runsFolder(), randomName())
  const card = cardOfRun(parts.experiment, registryOf(options.drivers), {
    ...options,
    rollbacksOnCrash: playsOnCrash(options),
  })
  const log = options.eventLog === false ? undefined : new RunLog({ folder, card, onBroken: warn })
  if (card.journalPath !== undefined)
    events.limitWith(outputLimit({ maxBytes: options.maxOutput, journalPath: card.journalPath }))
  if (log) events.keepIn(log)
  const { clock, interruption } = parts
  const { stopFile, maxDuration } = options
  const callOff = endInTime({ folder, stopFile, maxDuration, clock, interruption })
  let stays = false
  try {
    const finished = await play(parts, log)
    // Before the log goes: whoever is killed in between leaves one of the two, and a log brings back its journal.
    stays = true
    if (card.journalPath !== undefined) writeJournal(finished.journal, card.journalPath)
    stays = false
    return finished
  } catch (error) {
    throw events.redactor.error(error)
  } finally {
    callOff()
    // A run that could not begin has called nobody who would say so.
    options.controls?.pool.close()
    await log?.flush()
    events.close()
    await log?.close({ stays })
  }
}

async function play(parts: Parts, log: RunLog | undefined): Promise<FinishedRun> {
  const { events, fold, clock, options } = parts
  const experiment = jsonExperiment(parts.experiment)
  const only = options.only ?? runParts
  const strategies = strategiesOfParts(
    chooseStrategies(experiment, options.settings ?? {}, options.strategies),
    only,
    options.strategies,
  )
  const bare = await makeScope(experiment, {
    ...scopeOptions(parts),
    ...(log ? { guard: () => log.guard(), protectedPids: () => log.watchdogPids } : {}),
  })
  const scope = await withControls(bare, options)
  const started = clock.monotonic()
  events.emit(runStarted(scope, strategies))
  const hasRollbacks = listOf(experiment.rollbacks).length > 0
  const wish = { strategy: strategies.rollbacks, onCrash: playsOnCrash(options) }
  if (hasRollbacks && log) await guardRollbacks(wish, log, events)
  const continuous = {
    frequency: options.hypothesisFrequency ?? 1,
    failFast: options.failFast ?? false,
    failFastRatio: options.failFastRatio ?? 0,
  }
  await scope.controls?.configure()
  await playExperiment({ strategies, continuous, withMethod: only.includes('method') }, scope)
  if (scope.undo.canBeTriedAgain) log?.stay()
  await completeRun(scope, started)
  const journal = fold.journal()
  const { status, deviated } = journal
  const isClean = !options.strict || strictFindings(journal).length === 0
  const isRestored = journal.restored === undefined || journal.restored === true
  const isWell = status === 'completed' && !deviated && isRestored
  const good = isWell && scope.undo.failed === 0 && isClean
  return { journal, status, deviated, exitCode: good ? 0 : 1, events: events.events }
}

function playsOnCrash({ rollbacksOnCrash, only }: RunOptions): boolean {
  return (rollbacksOnCrash ?? false) && (only ?? runParts).includes('rollbacks')
}

/** The log of another run must not be mixed with this one's. */
function checkEmpty(folder: string): void {
  const broken = (reason: string, cause?: unknown): SquallError =>
    new SquallError(
      'SQUALL_LOG_BROKEN',
      { path: folder, reason },
      { cause, hint: 'Name a folder that does not exist yet.' },
    )
  let names: string[]
  try {
    names = existsSync(folder) ? readdirSync(folder) : []
  } catch (cause) {
    throw broken('it is no folder that can be read', cause)
  }
  if (names.length > 0) throw broken('the folder is not empty')
}

function scopeOptions({
  options,
  clock,
  events,
  interruption,
}: Pick<Parts, 'options' | 'clock' | 'events' | 'interruption'>): ScopeOptions {
  return {
    registry: registryOf(options.drivers),
    events,
    clock,
    interruption,
    seed: options.seed ?? freshSeed(),
    directory: options.directory ?? processEnvironment.workingDirectory(),
    environment: options.environment ?? processEnvironment.variables(),
    overrides: options.overrides,
    redact: options.redact,
    dry: options.dry,
    strict: options.strict,
    protection: protectionOf(options.settings ?? {}, options.protect),
  }
}

function registryOf(drivers: RunOptions['drivers']): DriverRegistry {
  return drivers instanceof DriverRegistry ? drivers : new DriverRegistry(driverObjects(drivers))
}

/** A scope that plays nothing: for planning. Its events go nowhere. */
export async function dryScope(
  experiment: Experiment,
  options: Pick<
    RunOptions,
    'drivers' | 'overrides' | 'directory' | 'environment' | 'seed' | 'redact' | 'settings' | 'protect'
  >,
): Promise<RunScope> {
  const events = new EventStream(systemClock, [])
  const interruption = new Interruption(() => undefined)
  return makeScope(
    jsonExperiment(experiment),
    scopeOptions({ options, clock: systemClock, events, interruption }),
  ).catch((error: unknown) => {
    throw events.redactor.error(error)
  })
}

function runStarted(
  scope: RunScope,
  strategies: { hypothesis: string; rollbacks: string },
): Parameters<EventStream['emit']>[0] {
  const { experiment, variables, dry, seed, controls } = scope
  const title = substitute(experiment.title ?? null, withoutSteps(variables))
  const shown = { ...(experiment as unknown as JsonObject), title, dry: dry ?? null }
  return {
    type: 'run-started',
    run: seed,
    squallVersion: version,
    ...machineFacts(),
    experiment: controls ? copyJson(shown) : shown,
    strategies: { hypothesis: strategies.hypothesis, rollbacks: strategies.rollbacks },
    seed,
  }
}
