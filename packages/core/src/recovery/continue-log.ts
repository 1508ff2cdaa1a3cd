import type { Clock, Journal, RunEvent } from '@squall/contract'
import { type EventLog, openEventLog, readEventLog } from '@squall/event-log'
import { machineFacts } from '../host/machine.ts'
import { JournalFold } from '../journal/fold-journal.ts'
import { EventStream } from '../run/event-stream.ts'
import { version } from '../version.ts'

/** The log of a run that died, opened to go on with it. */
export interface ContinuedLog {
  /** What the runner, and healers before this one, wrote down. */
  readonly records: readonly RunEvent[]
  readonly started: Extract<RunEvent, { type: 'run-started' }>
  readonly events: EventStream
  /** The journal of all events so far. */
  journal(): Journal
  close(): Promise<void>
}

/** Undefined when the log holds nothing that has to be finished. */
export async function continueLog(folder: string, clock: Clock): Promise<ContinuedLog | undefined> {
  const { records } = await readEventLog<RunEvent>(folder, { damage: 'skip' })
  const started = startOf(records)
  if (!started) return undefined
  const fold = new JournalFold()
  for (const event of new Set([started, ...records])) fold.apply(event)
  // Undoing matters more than writing it down: without these records another healer undoes again, which does no harm.
  const log = await openEventLog<RunEvent>(folder, { damage: 'skip' }).catch(() => undefined)
  const last = records.at(-1)
  const events = EventStream.continuing(clock, [(event) => fold.apply(event)], last ? [last] : [])
  events.keepIn({
    append: (event) => {
      // The earlier events are in the log already.
      if (event !== last) log?.append(event)
    },
    durable: (event) => durably(event, log),
  })
  const close = async (): Promise<void> => log?.close().catch(() => undefined)
  return { records, started, events, journal: () => fold.journal(), close }
}

/** What rollbacks change needs its undo on disk, as in any run. */
async function durably(event: RunEvent, log: EventLog<RunEvent> | undefined): Promise<void> {
  if (!log) throw new Error('the log of the run cannot be written')
  return log.appendDurable(event)
}

/** Where the first record was damaged, what was registered behind it is undone all the same. */
function startOf(records: readonly RunEvent[]): ContinuedLog['started'] | undefined {
  const started = records.find((event) => event.type === 'run-started')
  if (started) return started
  const first = records.find((event) => event.type === 'undo-registered')
  return (
    first && {
      type: 'run-started',
      seq: 0,
      time: first.time,
      run: '',
      squallVersion: version,
      ...machineFacts(),
      experiment: { title: 'The beginning of the log is lost', description: '', method: [] },
      strategies: { hypothesis: 'default', rollbacks: 'default' },
      seed: '',
    }
  )
}
