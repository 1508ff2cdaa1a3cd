import { closeExpression, closeInAnyCase } from './closing.ts'
import { type Agent, agentExpression } from './host/agent/agent.ts'
import type { InspectorSystem } from './inspector-system.ts'
import type { ProcessFacts } from './process-table.ts'
import type { Session } from './session.ts'
import { openInspector, type WakeOptions, wakeInspector } from './wake-inspector.ts'

export interface Attachment {
  /** Calls a function of the agent in the target. */
  call<Name extends keyof Agent>(
    name: Name,
    ...args: Parameters<Agent[Name]>
  ): Promise<Awaited<ReturnType<Agent[Name]>>>
  /** Lets go; the last one to do so closes the inspector unless it was open before. */
  detach(): Promise<void>
}

export interface AttachOptions extends WakeOptions {
  /** Whether an inspector that is open already was opened by squall and is to be closed. Default: if it is not open yet. */
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
  const session = await system.visits.inTurn(target, () => enter(target, system, options))
  return {
    call: async (name, ...args) => {
      const given = JSON.stringify(args.map((arg) => arg ?? null))
      return (await session.evaluate(`${agentExpression}(require).${name}(...${given})`)) as never
    },
    detach: () => system.visits.inTurn(target, () => leave(session, target, system, options)),
  }
}

/** After what time the target closes an inspector that squall has forgotten. */
const forgottenMs = 60_000

async function enter(
  target: ProcessFacts,
  system: InspectorSystem,
  options: AttachOptions,
): Promise<Session> {
  const { visits, inspectors } = system
  const open = await openInspector(target, system, options.signal)
  visits.enter(target, options.closes ?? open === null)
  let session: Session | undefined
  try {
    const url = open ?? (await wakeInspector(target, system, options))
    session = await inspectors.connect(url, options.signal)
    if (open === null) await session.evaluate(closeInAnyCase((options.lasts ?? 0) + forgottenMs))
    return session
  } catch (error) {
    const closes = visits.leave(target)
    await session?.close(closes ? closeExpression : undefined)
    throw error
  }
}

/** How long a busy process is waited for until it has closed its inspector; it will do so in any case. */
const closingMs = 1_000

async function leave(
  session: Session,
  target: ProcessFacts,
  system: InspectorSystem,
  { signal, clock }: AttachOptions,
): Promise<void> {
  const closes = system.visits.leave(target)
  await session.close(closes ? closeExpression : undefined)
  if (!closes) return
  const deadline = clock.monotonic() + closingMs
  while (!signal.aborted && clock.monotonic() < deadline) {
    if ((await openInspector(target, system, signal)) === null) return
    await clock.sleep(5, signal)
  }
}
