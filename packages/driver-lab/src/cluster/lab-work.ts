import {
  anySignal,
  type Clock,
  type FaultContext,
  type FaultOutcome,
  type UndoContext,
} from '@squall/contract'
import { isLabError, type LabHosts, lookAtHosts, type Service, startService } from '@squall/lab'

/** What every work on a lab needs. */
export interface LabWork extends Pick<UndoContext, 'signal' | 'clock'> {
  readonly recordFile: string
}

export interface FaultWork extends LabWork, Pick<FaultContext, 'undo'> {
  /** How long a restart keeps a host down, in milliseconds. */
  readonly rebootMs: number
}

export const done: FaultOutcome = { outcome: 'done' }

export function refused(outcome: Exclude<FaultOutcome['outcome'], 'done'>, reason: string): FaultOutcome {
  return { outcome, reason }
}

/** The lab was taken down while something was at work on it. */
export class LabGone extends Error {
  override readonly name = 'LabGone'
}

/** Something that was to come has not come in its time. */
export class WaitedTooLong extends Error {
  override readonly name = 'WaitedTooLong'
}

export async function look({ recordFile, signal }: LabWork): Promise<LabHosts> {
  const lab = await lookAtHosts(recordFile, signal)
  if (lab) return lab
  throw new LabGone('The lab has been taken down.')
}

/** A place for an instance. */
export interface Place {
  readonly service: Service
  readonly port: number
}

/** Starts an instance and resolves once it answers. */
export async function startOn(
  { recordFile, clock, signal }: LabWork,
  { service, port }: Place,
): Promise<void> {
  const tag = `chaos-${service}-${port}-${Math.floor(clock.now())}`
  await startService({ recordFile, service, port, tag, signal })
}

/**
 * Starts an instance at the place that is preferred, or where that is taken on another host that is up. Resolves with
 * false when no host has room.
 */
export async function startSomewhere(work: LabWork, preferred: Place): Promise<boolean> {
  for (const place of placesFor(preferred, await look(work))) {
    if (await startUnlessTaken(work, place)) return true
  }
  return false
}

function placesFor(preferred: Place, { hosts, instances, basePorts }: LabHosts): Place[] {
  const { service } = preferred
  const others = hosts.flatMap(({ isUp }, host) => {
    const port = basePorts[service] + host
    const isTaken = instances.some((one) => one.service === service && one.port === port)
    return isUp && !isTaken && port !== preferred.port ? [{ service, port }] : []
  })
  return [preferred, ...others]
}

/** A port is taken by an instance that somebody else has started there meanwhile. */
async function startUnlessTaken(work: LabWork, place: Place): Promise<boolean> {
  try {
    await startOn(work, place)
    return true
  } catch (error) {
    if (isLabError(error) && error.code === 'LAB_PORT_BUSY') return false
    throw error
  }
}

const recoveryMs = 60_000
const pollMs = 100

/** Waits until somebody, such as the keeper, has brought every service to its number of instances again. */
export async function waitUntilWhole(work: LabWork): Promise<void> {
  const until = work.clock.monotonic() + recoveryMs
  while (!isWhole(await look(work))) {
    if (work.clock.monotonic() > until) {
      throw new WaitedTooLong(`The recovery of the lab took longer than ${recoveryMs / 1000} s.`)
    }
    await work.clock.sleep(pollMs, work.signal)
  }
}

function isWhole(lab: LabHosts): boolean {
  const count = (service: Service) =>
    lab.instances.filter((one) => one.service === service && one.isHealthy).length
  return count('datasource') >= lab.wanted && count('showdata') >= lab.wanted
}

/** Waits for what knows no signal itself, and no longer than until the work is called off. */
export async function unlessAborted<Result>(
  work: Promise<Result>,
  signal: AbortSignal,
  clock: Clock,
): Promise<Result> {
  const over = new AbortController()
  const calledOff = clock.sleep(2 ** 31 - 1, anySignal([signal, over.signal])) as Promise<never>
  calledOff.catch(() => {})
  try {
    return await Promise.race([work, calledOff])
  } finally {
    over.abort()
  }
}
