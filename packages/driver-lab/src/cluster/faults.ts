import type { FaultOutcome, RegisteredUndo } from '@squall/contract'
import { endInstance, type HostedInstance, type LabHosts, recordHost, type Service } from '@squall/lab'
import { hostName } from './lab-names.ts'
import {
  done,
  type FaultWork,
  type Place,
  refused,
  startOn,
  startSomewhere,
  unlessAborted,
  waitUntilWhole,
} from './lab-work.ts'

/** Kills everything on the host at once, keeps it down for a while, and starts it again under a larger instance. */
export async function restartHost(work: FaultWork, lab: LabHosts, host: number): Promise<FaultOutcome> {
  const victims = lab.instances.filter((one) => one.host === host)
  const state = lab.hosts[host] ?? { instance: 1, isUp: true }
  const undo = await registerUndo(work, { host, starts: victims })
  // A keeper knows nothing of hosts and may start an instance on one that is down; it makes a restart of its own.
  if (!lab.hasKeeper) await recordHost(work.recordFile, host, { ...state, isUp: false })
  await Promise.all(victims.map((victim) => end(work, victim, 'kill')))
  if (!lab.hasKeeper) await work.clock.sleep(work.rebootMs, work.signal)
  await recordHost(work.recordFile, host, { instance: state.instance + 1, isUp: true })
  return over(work, undo, await replace(work, lab, victims))
}

/** Kills the instance and starts it again at its place. */
export async function restartInstance(
  work: FaultWork,
  lab: LabHosts,
  victim: HostedInstance,
): Promise<FaultOutcome> {
  const undo = await registerUndo(work, { starts: [victim] })
  await end(work, victim, 'kill')
  return over(work, undo, await replace(work, lab, [victim]))
}

/** Stops the instance; a new one is started on another host, where there is one. */
export async function removeInstance(
  work: FaultWork,
  lab: LabHosts,
  victim: HostedInstance,
): Promise<FaultOutcome> {
  const place = freePlace(lab, victim)
  const undo = await registerUndo(work, { starts: [place] })
  await end(work, victim, 'ask')
  return over(work, undo, await replace(work, lab, [place]))
}

/** Starts an instance on the other host, then stops this one. */
export async function moveInstance(
  work: FaultWork,
  victim: HostedInstance,
  to: Place,
): Promise<FaultOutcome> {
  const undo = await registerUndo(work, { starts: [victim], extra: to })
  await startOn(work, to)
  await end(work, victim, 'ask')
  return over(work, undo, done)
}

/** The port that a host has for a service. */
export function placeOn({ basePorts }: LabHosts, service: Service, host: number): Place {
  return { service, port: basePorts[service] + host }
}

function freePlace(lab: LabHosts, { service, host }: HostedInstance): Place {
  const taken = lab.instances.filter((one) => one.service === service).map((one) => one.host)
  const other = lab.hosts.findIndex(({ isUp }, n) => isUp && !taken.includes(n))
  return placeOn(lab, service, other === -1 ? host : other)
}

function registerUndo(
  { undo, recordFile }: FaultWork,
  { host, starts, extra }: { host?: number; starts: readonly Place[]; extra?: Place },
) {
  return undo('restore_instances', {
    recordFile,
    ...(host === undefined ? {} : { host }),
    starts: starts.map(({ service, port }) => ({ service, port })),
    ...(extra ? { extra: { ...extra } } : {}),
  })
}

/** Nothing is left to undo: what is missing from now on is missing because of something else. */
async function over(
  { recordFile }: FaultWork,
  undo: RegisteredUndo,
  outcome: FaultOutcome,
): Promise<FaultOutcome> {
  if (outcome.outcome === 'done') await undo.amend({ recordFile, starts: [] })
  return outcome
}

function end(work: FaultWork, victim: HostedInstance, how: 'kill' | 'ask'): Promise<void> {
  return unlessAborted(endInstance(work.recordFile, victim, how), work.signal, work.clock)
}

/** Where a keeper watches it does this; else it is done here. */
async function replace(work: FaultWork, lab: LabHosts, places: readonly Place[]): Promise<FaultOutcome> {
  if (lab.hasKeeper) {
    await waitUntilWhole(work)
    return done
  }
  const started = await Promise.all(places.map((place) => startSomewhere(work, place)))
  return started.includes(false) ? refused('not-now', 'No host has room for another instance.') : done
}

/** For messages. */
export function described({ service, host }: HostedInstance): string {
  return `${service} on ${hostName(host)}`
}
