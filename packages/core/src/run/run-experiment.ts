import {
  type Clock,
  type Driver,
  type Experiment,
  isObject,
  type Journal,
  type JsonObject,
  type RunEvent,
  type RunEventReader,
  type RunStatus,
} from '@squall/contract'
import { resolveDynamicConfiguration } from '../configuration/dynamic-configuration.ts'
import {
  type Environment,
  loadConfiguration,
  loadSecrets,
  type Overrides,
} from '../configuration/load-configuration.ts'
import { makeVariables, substitute, type Variables } from '../configuration/substitute.ts'
import { DriverRegistry, driverObjects } from '../drivers/registry.ts'
import { systemClock } from '../host/clock.ts'
import { processEnvironment } from '../host/environment.ts'
import { machineFacts } from '../host/machine.ts'
import { freshSeed } from '../host/seed.ts'
import { JournalFold } from '../journal/fold-journal.ts'
import { version } from '../version.ts'
import { EventStream } from './event-stream.ts'
import { reasonOf } from './exception-lines.ts'
import { type InterruptedBy, Interruption } from './interruption.ts'
import { type JsonExperiment, jsonExperiment } from './json-experiment.ts'
import { playExperiment } from './play-experiment.ts'
import { RunLog } from './run-log.ts'
import { type DryLevel, namedActivities, type RunScope, RunState } from './run-scope.ts'
import { chooseStrategies } from './strategies.ts'
import { UndoLedger } from './undo-ledger.ts'

export interface RunOptions {
  /** The installed drivers, or drivers at hand as objects. */
  readonly drivers: DriverRegistry | readonly Driver[]
  /** Skips the execution of some activities. Default: none. */
  readonly dry?: DryLevel
  /** Overrides the experiment's and the settings' strategies. */
  readonly strategies?: { readonly hypothesis?: string; readonly rollbacks?: string }
  /** Seconds between two checks of a continuous hypothesis. Default 1. */
  readonly hypothesisFrequency?: number
  /** Ends the run when a check during the method is not met. Default false. */
  readonly failFast?: boolean
  /** Percentage of failed checks from which `failFast` acts. Default 0. */
  readonly failFastRatio?: number
  /** Values that replace declared configuration and secrets. */
  readonly overrides?: Overrides
  /** Settings as read from the settings files. Default: none. */
  readonly settings?: JsonObject
  /** Relative modules of the experiment start here. Default: the working directory. */
  readonly directory?: string
  /** Decides every choice by chance. Default: a fresh one, which the first event names. */
  readonly seed?: string
  /** Interrupts the run when aborted, as the first SIGINT does. */
  readonly signal?: AbortSignal
  /** Called with every event, in order. */
  readonly onEvent?: RunEventReader
  /**
   * Folder of the event log. Default: a new one in the user's state folder, removed when the run has ended; a folder
   * given here is kept. `false` keeps events in memory only, so nothing is undone when this process is killed.
   */
  readonly eventLog?: string | false
  /** Default: the clock of this machine. */
  readonly clock?: Clock
  /** Default: the environment of this process. */
  readonly environment?: Environment
}

export interface FinishedRun {
  readonly journal: Journal
  readonly status: RunStatus
  readonly deviated: boolean
  /** 0 when completed without deviation and every undo worked, else 1. */
  readonly exitCode: 0 | 1
  readonly events: readonly RunEvent[]
}

/** A run that goes on. */
export interface Run {
  /** Every event from the first one on, as it happens. */
  readonly events: AsyncIterable<RunEvent>
  /** Rejects only when the run could not begin, such as for a missing environment variable. */
  readonly finished: Promise<FinishedRun>
  /** Asks the run to end. The first request ends the foreground activity, a second one everything. */
  interrupt(by: InterruptedBy): void
}

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
  const finished = playAndFold({ experiment, options, clock, events, interruption, fold }).finally(() =>
    options.signal?.removeEventListener('abort', onAbort),
  )
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
  const warn = (error: Error): void => {
    const message = `The event log of this run cannot be written, so nothing that needs an undo can be done: ${reasonOf(error)}.`
    events.emit({ type: 'log', level: 'warning', message })
  }
  const log =
    options.eventLog === false ? undefined : new RunLog({ folder: options.eventLog, onBroken: warn })
  if (log) events.keepIn(log)
  try {
    return await play(parts)
  } finally {
    await log?.flush()
    events.close()
    await log?.close()
  }
}

async function play(parts: Parts): Promise<FinishedRun> {
  const { events, fold, clock, options } = parts
  const plain = jsonExperiment(parts.experiment)
  const strategies = chooseStrategies(plain.experiment, options.settings ?? {}, options.strategies)
  const scope = await makeScope(plain, parts)
  const started = clock.monotonic()
  events.emit(runStarted(scope, strategies))
  const continuous = {
    frequency: options.hypothesisFrequency ?? 1,
    failFast: options.failFast ?? false,
    failFastRatio: options.failFastRatio ?? 0,
  }
  await playExperiment({ strategies, continuous }, scope)
  const { status, deviated } = scope.state
  const duration = Math.round((clock.monotonic() - started) * 1000) / 1_000_000
  events.emit({ type: 'run-completed', status: status ?? 'completed', deviated, duration })
  const journal = fold.journal()
  const good = journal.status === 'completed' && !journal.deviated && scope.undo.failed === 0
  return { journal, status: journal.status, deviated, exitCode: good ? 0 : 1, events: events.events }
}

async function makeScope(
  { experiment, shown }: JsonExperiment,
  { options, clock, events, interruption }: Pick<Parts, 'options' | 'clock' | 'events' | 'interruption'>,
): Promise<RunScope> {
  const registry =
    options.drivers instanceof DriverRegistry
      ? options.drivers
      : new DriverRegistry(driverObjects(options.drivers))
  const seed = options.seed ?? freshSeed()
  const directory = options.directory ?? processEnvironment.workingDirectory()
  let lastId = 0
  const base = {
    experiment,
    registry,
    events,
    clock,
    interruption,
    undo: new UndoLedger(events, registry, clock),
    state: new RunState(events),
    named: namedActivities(experiment),
    dry: options.dry,
    seed,
    directory,
    shown,
    nextActivityId: () => {
      lastId += 1
      return lastId
    },
  }
  return { ...base, variables: await loadVariables(experiment, options, base) }
}

/** A scope that plays nothing: for planning. Its events go nowhere. */
export async function dryScope(
  experiment: Experiment,
  options: Pick<RunOptions, 'drivers' | 'overrides' | 'directory' | 'environment' | 'seed'>,
): Promise<RunScope> {
  const events = new EventStream(systemClock, [])
  const interruption = new Interruption(() => undefined)
  return makeScope(jsonExperiment(experiment), { options, clock: systemClock, events, interruption })
}

async function loadVariables(
  experiment: Experiment,
  options: RunOptions,
  base: Omit<RunScope, 'variables'>,
): Promise<Variables> {
  const environment = options.environment ?? processEnvironment.variables()
  const declared = loadConfiguration(
    objectOf(experiment.configuration),
    environment,
    options.overrides?.configuration,
  )
  const secrets = loadSecrets(objectOf(experiment.secrets), environment, options.overrides?.secrets)
  return makeVariables(await resolveDynamicConfiguration(declared, secrets, base), secrets)
}

/** What stands where an object should, in a file that was not validated, declares nothing. */
function objectOf(value: unknown): JsonObject {
  return isObject(value) ? (value as JsonObject) : {}
}

function runStarted(
  scope: RunScope,
  strategies: { hypothesis: string; rollbacks: string },
): Parameters<EventStream['emit']>[0] {
  const { experiment, variables, dry, seed } = scope
  const title = substitute(experiment.title ?? null, variables)
  return {
    type: 'run-started',
    run: seed,
    squallVersion: version,
    ...machineFacts(),
    experiment: scope.shown({ ...(experiment as unknown as JsonObject), title, dry: dry ?? null }),
    strategies: { hypothesis: strategies.hypothesis, rollbacks: strategies.rollbacks },
    seed,
  }
}
