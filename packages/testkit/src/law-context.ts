import type {
  ActivityContext,
  Clock,
  JsonObject,
  Random,
  RegisteredUndo,
  UndoContext,
} from '@squall/contract'
import { systemClock } from './host/system-clock.ts'
import { seededRandom } from './seeded-random.ts'
import { type UndoRecord, UndoRecorder } from './undo-recorder.ts'

/** What a context is made of; everything has a default. */
export interface LawContextOptions {
  /** Default: one that is never aborted. */
  readonly signal?: AbortSignal
  /** Default: the clock of this machine. */
  readonly clock?: Clock
  /** Default: chance with the seed `law`. */
  readonly random?: Random
  /** Default: `.`. */
  readonly directory?: string
  /** Default: none. */
  readonly configuration?: JsonObject
  /** Default: none. */
  readonly secrets?: JsonObject
  /** Default: a fresh one. */
  readonly undos?: UndoRecorder
  /** Called once an undo is recorded and before the activity goes on; what it throws the activity gets. */
  readonly onUndo?: (record: UndoRecord) => Promise<void> | void
}

/** What an activity or an undo function is handed, and a record of what it said and registered. */
export interface LawContext extends ActivityContext, UndoContext {
  readonly undos: UndoRecorder
  /** What was logged, as `info: Paused pid 5.` */
  readonly messages: readonly string[]
  /** The same with the fields that went along. */
  readonly logged: readonly Logged[]
}

/** Something that was logged. */
export interface Logged {
  readonly level: 'debug' | 'info' | 'warn'
  readonly message: string
  readonly fields?: JsonObject
}

/**
 * Makes a context as a run hands it out: an undo is recorded before the activity goes on, and who is aborted cannot
 * register any more.
 */
export function lawContext(options: LawContextOptions = {}): LawContext {
  const { signal = new AbortController().signal, undos = new UndoRecorder() } = options
  const logged: Logged[] = []
  const log = (level: Logged['level']) => (message: string, fields?: JsonObject) =>
    void logged.push({ level, message, ...(fields && { fields }) })
  return {
    signal,
    undos,
    logged,
    get messages() {
      return logged.map(({ level, message }) => `${level}: ${message}`)
    },
    log: { debug: log('debug'), info: log('info'), warn: log('warn') },
    clock: options.clock ?? systemClock,
    random: options.random ?? seededRandom('law'),
    directory: options.directory ?? '.',
    configuration: options.configuration ?? {},
    secrets: options.secrets ?? {},
    options: {},
    undo: (func, args) => {
      const registering = register({ func, args }, undos, signal, options.onUndo)
      // A driver that does not wait for it breaks a law, and shall not end the test runner as well.
      registering.catch(() => {})
      return registering
    },
  }
}

async function register(
  record: UndoRecord,
  undos: UndoRecorder,
  signal: AbortSignal,
  onUndo: LawContextOptions['onUndo'],
): Promise<RegisteredUndo> {
  signal.throwIfAborted()
  const registered = undos.register(record.func, record.args)
  await onUndo?.(record)
  signal.throwIfAborted()
  return registered
}
