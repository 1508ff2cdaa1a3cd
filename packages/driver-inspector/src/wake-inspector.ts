import { ActivityFailed, type Clock } from '@squall/contract'
import type { InspectorSystem } from './inspector-system.ts'
import { isSameProcess, type ProcessFacts } from './process-table.ts'

export interface WakeOptions {
  readonly signal: AbortSignal
  readonly clock: Clock
}

/** How long a process may take to open its inspector: its event loop has to come round once. */
const openingMs = 10_000
const pauseMs = 20

/**
 * The inspector that a process has open on the port it was told; null when there is none. Its other ports are not asked: they
 * belong to the application, which would take the question for a request.
 */
export async function openInspector(
  { pid, debugPort }: ProcessFacts,
  { processes, inspectors }: InspectorSystem,
  signal: AbortSignal,
): Promise<string | null> {
  const isListening = processes
    .listening(pid)
    .some(({ port, address }) => port === debugPort && ['127.0.0.1', '0.0.0.0'].includes(address))
  return isListening ? inspectors.find(debugPort, signal) : null
}

/**
 * Opens the inspector of a process. SIGUSR1 opens it on loopback and on the port that the process was told, 9229 by default,
 * which therefore has to be free. Rejects with `ActivityFailed`.
 */
export async function wakeInspector(
  target: ProcessFacts,
  system: InspectorSystem,
  options: WakeOptions,
): Promise<string> {
  const { processes } = system
  if (!target.handlesWake) throw cannotBeWoken(target)
  const holder = processes.listenerOf(target.debugPort)
  const sent = processes.wake(target)
  if (sent !== 'sent')
    throw new ActivityFailed(`pid ${target.pid} cannot be asked for its inspector: it is ${sent}.`)
  const look = (): Promise<string | null> => openInspector(target, system, options.signal)
  return until(look, target, system, options, holder)
}

async function until(
  look: () => Promise<string | null>,
  target: ProcessFacts,
  { processes }: InspectorSystem,
  { clock, signal }: WakeOptions,
  holder: number | null,
): Promise<string> {
  const deadline = clock.monotonic() + openingMs
  for (;;) {
    const found = await look()
    if (found !== null) return found
    const facts = processes.find(target.pid)
    if (!facts || !isSameProcess(facts, target)) throw new ActivityFailed(`pid ${target.pid} has ended.`)
    if (clock.monotonic() > deadline) throw doesNotOpen(target, holder)
    await clock.sleep(pauseMs, signal)
  }
}

function cannotBeWoken({ pid }: ProcessFacts): ActivityFailed {
  return new ActivityFailed(
    `pid ${pid} does not handle SIGUSR1, which would end it, so its inspector cannot be opened.`,
    { hint: 'Start it without --disable-sigusr1, or with --inspect.' },
  )
}

function doesNotOpen({ pid, debugPort }: ProcessFacts, holder: number | null): ActivityFailed {
  const taken =
    holder === null ? '' : `; port ${debugPort}, where it opens at first, is held by pid ${holder}`
  return new ActivityFailed(`pid ${pid} did not open its inspector within ${openingMs / 1000} s${taken}.`, {
    hint: 'Its event loop may be blocked, or it may use SIGUSR1 for something of its own.',
  })
}
