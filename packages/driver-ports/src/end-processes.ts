import { ActivityFailed, type Clock } from '@squall/contract'
import type { Guard } from './guard.ts'
import { type EndingSignal, isSameProcess } from './process-table.ts'
import type { System } from './system.ts'
import { type Refusal, refusalOf, type Victim, victimText } from './victim.ts'
import { waitFor } from './wait-for.ts'

/** How processes are ended: asked first, made to after a while. */
export interface Ending {
  readonly signal: EndingSignal
  /** How long a process has before SIGKILL; with SIGKILL it plays no part. */
  readonly graceSeconds: number
}

export interface Killed {
  readonly victim: Victim
  /** The signal that ended it. */
  readonly signal: EndingSignal
}

export interface Ended {
  readonly killed: readonly Killed[]
  /** What the guard held back at the last moment. */
  readonly refused: readonly Refusal[]
}

/** Where and under which supervision it happens. */
export interface Scene {
  readonly system: System
  readonly guard: Guard
  readonly clock: Clock
  readonly signal: AbortSignal
}

/** What is sent SIGKILL is gone within milliseconds, unless it hangs in the kernel. */
const secondsAfterSigkill = 5

/** Ends processes and waits until they are gone and hold their ports no longer. Fails when one outlives SIGKILL. */
export async function endProcesses(victims: readonly Victim[], how: Ending, scene: Scene): Promise<Ended> {
  const isAsked = how.signal !== 'SIGKILL'
  const first = await sendToAll(parentsFirst(victims), how.signal, scene)
  const left = await remainders(first.sent, isAsked ? how.graceSeconds : secondsAfterSigkill, scene)
  const killed = endedBy(how.signal, first.sent, left)
  if (left.length === 0) return { killed, refused: first.refused }
  if (!isAsked) throw outlived(left)

  const second = await sendToAll(left, 'SIGKILL', scene)
  const immortal = await remainders(second.sent, secondsAfterSigkill, scene)
  if (immortal.length > 0) throw outlived(immortal)
  const atLast = [...endedBy(how.signal, second.gone), ...endedBy('SIGKILL', second.sent)]
  return { killed: [...killed, ...atLast], refused: [...first.refused, ...second.refused] }
}

interface Sent {
  readonly sent: readonly Victim[]
  /** Ended by themselves before the signal. */
  readonly gone: readonly Victim[]
  readonly refused: readonly Refusal[]
}

async function sendToAll(
  victims: readonly Victim[],
  signal: EndingSignal,
  { guard, signal: abort }: Scene,
): Promise<Sent> {
  const [sent, gone, refused]: [Victim[], Victim[], Refusal[]] = [[], [], []]
  for (const victim of victims) {
    abort.throwIfAborted()
    const outcome = await guard.signal(victim, signal)
    if (outcome.status === 'sent') sent.push(victim)
    else if (outcome.status === 'gone') gone.push(victim)
    else refused.push(refusalOf(victim, outcome.reason))
  }
  return { sent, gone, refused }
}

/** Waits, and answers with those that are still there when the time is up. */
async function remainders(
  victims: readonly Victim[],
  seconds: number,
  { system, clock, signal }: Scene,
): Promise<readonly Victim[]> {
  let left = victims
  const isDone = async (): Promise<boolean> => {
    left = await stillThere(left, system)
    return left.length === 0
  }
  await waitFor(isDone, { seconds, clock, signal })
  return left
}

async function stillThere(victims: readonly Victim[], system: System): Promise<readonly Victim[]> {
  const [alive, dead]: [Victim[], Victim[]] = [[], []]
  for (const victim of victims) {
    const facts = await system.processes.find(victim.pid)
    if (facts !== null && isSameProcess(facts, victim)) alive.push(victim)
    else dead.push(victim)
  }
  return [...alive, ...(await holdersAmong(dead, system))]
}

/** The last look: none of the dead may still stand in the port table. */
async function holdersAmong(dead: readonly Victim[], { ports }: System): Promise<readonly Victim[]> {
  const endpoints = dead.flatMap((victim) => victim.endpoints)
  if (endpoints.length === 0) return []
  const rows = await ports.listeners({
    ports: [...new Set(endpoints.map(({ port }) => port))],
    namespaces: endpoints.some(({ namespace }) => namespace !== null) ? 'all' : 'own',
  })
  return dead.filter((victim) => rows.some(({ holder }) => holder !== null && isSameProcess(holder, victim)))
}

/** Parents come first, for a parent that outlives its child by a moment may start the next one. */
function parentsFirst(victims: readonly Victim[]): readonly Victim[] {
  const byPid = new Map(victims.map((victim) => [victim.pid, victim]))
  const depth = (victim: Victim, below: readonly number[] = []): number => {
    const parent = byPid.get(victim.parent)
    return parent === undefined || below.includes(parent.pid) ? 0 : 1 + depth(parent, [...below, victim.pid])
  }
  return [...victims].sort((a, b) => depth(a) - depth(b))
}

function endedBy(
  signal: EndingSignal,
  sent: readonly Victim[],
  left: readonly Victim[] = [],
): readonly Killed[] {
  return sent.filter((victim) => !left.includes(victim)).map((victim) => ({ victim, signal }))
}

function outlived(left: readonly Victim[]): ActivityFailed {
  const names = left.map(victimText).join('; ')
  return new ActivityFailed(`Still there ${secondsAfterSigkill} s after SIGKILL: ${names}.`, {
    hint: 'A process that hangs in the kernel (state D, such as on a dead network file system) cannot be ended.',
  })
}
