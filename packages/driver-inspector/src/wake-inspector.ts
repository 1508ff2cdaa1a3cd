import { ActivityFailed, type Clock } from '@squall/contract'
import { type DebugAddress, isLoopback } from './debug-address.ts'
import type { InspectorSystem } from './inspector-system.ts'
import { isSameProcess, type ListeningSocket, type ProcessFacts } from './process-table.ts'

export interface WakeOptions {
  readonly signal: AbortSignal
  readonly clock: Clock
}

/** How long a process may take to open its inspector: its event loop has to come round once. */
const openingMs = 10_000
const pauseMs = 20
/** A process that was just closing its inspector may overlook the signal, so it gets a second one after this time. */
const againMs = 1_000

/**
 * The inspector that a process has open where it was told; null when there is none. Its other ports are not asked: they
 * belong to the application, which would take the question for a request.
 */
export async function openInspector(
  { pid, debug }: ProcessFacts,
  { processes, inspectors }: InspectorSystem,
  signal: AbortSignal,
): Promise<string | null> {
  const socket = inspectorIn(processes.listening(pid), debug)
  return socket ? inspectors.find(socket, signal) : null
}

/** Where the system chose the port, what a process opens as it starts is the first of its sockets. */
function inspectorIn(sockets: readonly ListeningSocket[], { port, fromStart }: DebugAddress) {
  if (port === 0) return fromStart ? sockets[0] : undefined
  return sockets.find((socket) => socket.port === port)
}

/**
 * Opens the inspector of a process. SIGUSR1 opens it where the process was told, 127.0.0.1:9229 by default: so that has to be
 * an address of loopback, and the port free. Rejects with `ActivityFailed`.
 */
export async function wakeInspector(
  target: ProcessFacts,
  system: InspectorSystem,
  options: WakeOptions,
): Promise<string> {
  const another = await untilWakeable(target, system, options)
  if (another !== null) return another
  const before = new Set(system.processes.listening(target.pid).map(keyOf))
  const began = options.clock.monotonic()
  let asked = 1
  wake(target, system)
  for (;;) {
    const found = await newInspector(target, before, system, options.signal)
    if (found !== null) return found
    checkAlive(target, system)
    const holder = holderOf(target, system)
    const passed = options.clock.monotonic() - began
    if (passed > openingMs) throw doesNotOpen(target, holder)
    if (asked === 1 && passed > againMs) {
      asked += 1
      wake(target, system)
    }
    if (holder !== null && holder !== target.pid) {
      // Another process was quicker, so this one could not open it, and does not try again by itself.
      const opened = await untilPortIsFree(target, system, options)
      if (opened !== null) return opened
      wake(target, system)
    }
    await options.clock.sleep(pauseMs, options.signal)
  }
}

/**
 * Resolves to null once the signal may be sent, or to the inspector that another run has opened meanwhile. Rejects with
 * `ActivityFailed` when it must not be sent; nothing has happened then.
 */
export async function untilWakeable(
  target: ProcessFacts,
  system: InspectorSystem,
  options: WakeOptions,
): Promise<string | null> {
  if (!target.handlesWake) throw cannotBeWoken(target)
  if (!isLoopback(target.debug.host)) throw wouldBeOpenToOthers(target)
  return untilPortIsFree(target, system, options)
}

/** Throws `ActivityFailed` when that very process is no more. */
export function checkAlive(target: ProcessFacts, { processes }: InspectorSystem): void {
  const now = processes.find(target.pid)
  if (!now || !isSameProcess(now, target)) throw new ActivityFailed(`pid ${target.pid} has ended.`)
}

function wake(target: ProcessFacts, { processes }: InspectorSystem): void {
  const sent = processes.wake(target)
  if (sent === 'sent') return
  throw new ActivityFailed(`pid ${target.pid} cannot be asked for its inspector: it is ${sent}.`)
}

async function newInspector(
  { pid, debug }: ProcessFacts,
  before: ReadonlySet<string>,
  { processes, inspectors }: InspectorSystem,
  signal: AbortSignal,
): Promise<string | null> {
  const sockets = processes.listening(pid)
  // Where it was told, or where it was told in a way that its command line does not show.
  const socket = inspectorIn(sockets, debug) ?? sockets.find((each) => !before.has(keyOf(each)))
  return socket ? inspectors.find(socket, signal) : null
}

function keyOf({ address, port }: ListeningSocket): string {
  return `${address} ${port}`
}

/** Another visit, to this process or another one, is over soon, and the inspector closed again. */
async function untilPortIsFree(
  target: ProcessFacts,
  system: InspectorSystem,
  { clock, signal }: WakeOptions,
): Promise<string | null> {
  const deadline = clock.monotonic() + openingMs
  for (;;) {
    const holder = holderOf(target, system)
    if (holder === null) return null
    const opened = holder === target.pid ? await openInspector(target, system, signal) : null
    if (opened !== null) return opened
    if (clock.monotonic() > deadline) throw doesNotOpen(target, holder)
    await clock.sleep(pauseMs, signal)
  }
}

/** Who is where the inspector would open. */
function holderOf({ debug }: ProcessFacts, { processes }: InspectorSystem): number | null {
  return debug.port === 0 ? null : processes.listenerOf(debug.port, debug.host)
}

function cannotBeWoken({ pid }: ProcessFacts): ActivityFailed {
  return new ActivityFailed(
    `pid ${pid} does not handle SIGUSR1, which would end it, so its inspector cannot be opened.`,
    { hint: 'Start it without --disable-sigusr1, or with --inspect.' },
  )
}

function wouldBeOpenToOthers({ pid, debug: { host } }: ProcessFacts): ActivityFailed {
  return new ActivityFailed(
    `pid ${pid} was told to open its inspector on ${host}, where other machines could reach it, so it is not opened.`,
    { hint: 'Start it without that host in --inspect-port.' },
  )
}

function doesNotOpen({ pid, debug }: ProcessFacts, holder: number | null): ActivityFailed {
  const taken = holder === null ? '' : `: port ${debug.port}, where it opens, is held by pid ${holder}`
  return new ActivityFailed(`pid ${pid} did not open its inspector within ${openingMs / 1000} s${taken}.`, {
    hint:
      holder === null
        ? 'Its event loop may be blocked, it may use SIGUSR1 for something of its own, or it has opened its inspector itself on another port.'
        : 'Close that one, or start the process with another --inspect-port.',
  })
}
