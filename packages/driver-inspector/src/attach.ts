import { type Agent, answersLater, callOf } from './host/agent/agent.ts'
import type { InspectorSystem } from './inspector-system.ts'
import type { ProcessFacts } from './process-table.ts'
import { type Session, SessionLost } from './session.ts'
import { checkAlive, openInspector, type WakeOptions, wakeInspector } from './wake-inspector.ts'

export interface Attachment {
  /** Calls a function of the agent in the target. */
  call<Name extends keyof Agent>(
    name: Name,
    ...args: Parameters<Agent[Name]>
  ): Promise<Awaited<ReturnType<Agent[Name]>>>
  /** Lets go; the last one to do so, of any run, closes the inspector unless it was open before. */
  detach(): Promise<void>
}

export interface AttachOptions extends WakeOptions {
  /** Whether an inspector that is open already was opened by squall and is to be closed. One that is not open yet is, in any case. */
  readonly closes?: boolean
  /** Milliseconds that the visit takes at most. Default 0: it is over soon. */
  readonly lasts?: number
}

/** Connects to the agent in a process; opens its inspector when it has none open. */
export async function attach(
  target: ProcessFacts,
  system: InspectorSystem,
  options: AttachOptions,
): Promise<Attachment> {
  const visit = await system.visits.inTurn(target, () => enter(target, system, options))
  return {
    call: async (name, ...args) =>
      (await visit.session.evaluate(callOf(name, ...args), answersLater(name))) as never,
    detach: () => system.visits.inTurn(target, () => leave(visit, target, system, options)),
  }
}

interface Visit {
  readonly session: Session
  readonly url: string
}

/** For how long it is tried again when another run closes the inspector while this one comes. */
const enteringMs = 10_000

async function enter(target: ProcessFacts, system: InspectorSystem, options: AttachOptions): Promise<Visit> {
  const { clock, signal } = options
  const deadline = clock.monotonic() + enteringMs
  for (;;) {
    try {
      return await enterOnce(target, system, options)
    } catch (error) {
      if (!(error instanceof SessionLost) || clock.monotonic() > deadline) throw error
      checkAlive(target, system)
      await clock.sleep(50, signal)
    }
  }
}

/** After what time the target closes an inspector that squall has forgotten. */
const forgottenMs = 60_000

async function enterOnce(
  target: ProcessFacts,
  system: InspectorSystem,
  options: AttachOptions,
): Promise<Visit> {
  const { visits, inspectors } = system
  const open = await openInspector(target, system, options.signal)
  const isOurs = options.closes === true || open === null
  visits.enter(target, isOurs)
  let session: Session | undefined
  try {
    const url = open ?? (await wakeInspector(target, system, options))
    session = await inspectors.connect(url, options.signal)
    await session.evaluate(callOf('enter', isOurs, (options.lasts ?? 0) + forgottenMs))
    return { session, url }
  } catch (error) {
    await letGo(session, visits.leave(target))
    throw error
  }
}

/** How long a busy process is waited for until it has closed its inspector; it will do so in any case. */
const closingMs = 1_000

async function leave(
  { session, url }: Visit,
  target: ProcessFacts,
  system: InspectorSystem,
  { signal, clock }: AttachOptions,
): Promise<void> {
  const closes = system.visits.leave(target)
  await letGo(session, closes)
  if (!closes) return
  const isOpen = (): boolean =>
    system.processes.listening(target.pid).some(({ port }) => port === Number(new URL(url).port))
  const deadline = clock.monotonic() + closingMs
  while (isOpen() && !signal.aborted && clock.monotonic() < deadline) await clock.sleep(5, signal)
}

async function letGo(session: Session | undefined, closes: boolean | undefined): Promise<void> {
  await session?.close(closes === undefined ? undefined : callOf('leave', closes))
}
