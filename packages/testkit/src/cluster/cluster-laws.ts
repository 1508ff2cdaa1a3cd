import type {
  Cluster,
  ClusterContext,
  ClusterSnapshot,
  Fault,
  FaultContext,
  FaultOutcome,
} from '@squall/contract'
import { ownMs, timeToEnd } from '../in-time.ts'
import { type Law, LawBroken } from '../law.ts'
import { lawContext } from '../law-context.ts'
import { orTooLate, patience, tooLate } from '../patience.ts'
import { snapshotFlaws } from './snapshot-flaws.ts'

/** A cluster to try the laws on, and faults for it. */
export interface ClusterScene {
  readonly cluster: Cluster
  /** A fault the cluster carries out, made from what it looks like. */
  readonly fault: (snapshot: ClusterSnapshot) => Fault
  /** One that takes a second or longer, so that it can be interrupted. */
  readonly longFault: (snapshot: ClusterSnapshot) => Fault
  /** Takes the cluster away. */
  readonly cleanUp?: () => Promise<void> | void
}

/** Within what a cluster returns once it is told to stop: 100 ms, and what a busy machine may add. */
const graceMs = 500

/**
 * The laws of a cluster, as plain cases: `for (const law of clusterLaws(...)) it(law.name, law.check)`. `title` tells
 * several apart; default: none.
 */
export function clusterLaws(prepare: () => Promise<ClusterScene> | ClusterScene, title?: string): Law[] {
  const law = (name: string, check: (scene: ClusterScene) => Promise<void>): Law => ({
    name: title === undefined ? `cluster: ${name}` : `cluster ${title}: ${name}`,
    check: () => withScene(prepare, check),
  })
  return [
    law('its snapshot is consistent', snapshotIsConsistent),
    law('a snapshot changes nothing', snapshotChangesNothing),
    law('it tells whether it is upgrading', tellsUpgrading),
    law('a fault is done and leaves a consistent snapshot', faultIsDone),
    law('a fault that addresses what is gone is refused and changes nothing', goneIsRefused),
    law('a fault that is interrupted returns at once', interruptedReturns),
  ]
}

async function withScene(
  prepare: () => Promise<ClusterScene> | ClusterScene,
  check: (scene: ClusterScene) => Promise<void>,
): Promise<void> {
  const scene = await prepare()
  try {
    await check(scene)
  } finally {
    await scene.cluster.close?.()
    await scene.cleanUp?.()
  }
}

async function snapshotIsConsistent({ cluster }: ClusterScene): Promise<void> {
  const snapshot = await cluster.snapshot(context())
  const flaws = snapshotFlaws(snapshot)
  if (flaws.length > 0) throw new LawBroken(`The snapshot is inconsistent: ${flaws.join('; ')}.`)
  if (snapshot.nodes.length === 0) throw new LawBroken('The snapshot has no node: there is nothing to try.')
}

async function snapshotChangesNothing({ cluster }: ClusterScene): Promise<void> {
  const before = await cluster.snapshot(context())
  const after = await cluster.snapshot(context())
  if (JSON.stringify(before) !== JSON.stringify(after)) {
    throw new LawBroken('Two snapshots of a cluster at rest differ: is something listed in no fixed order?')
  }
}

async function tellsUpgrading({ cluster }: ClusterScene): Promise<void> {
  const reason = await cluster.upgrading(context())
  if (reason !== undefined && reason === '') throw new LawBroken('It is upgrading and does not say why.')
}

async function faultIsDone({ cluster, fault }: ClusterScene): Promise<void> {
  const chosen = fault(await cluster.snapshot(context()))
  const answer = await cluster.inject(chosen, context())
  if (answer.outcome !== 'done') {
    throw new LawBroken(`The fault ${JSON.stringify(chosen)} was not done: ${JSON.stringify(answer)}.`)
  }
  const flaws = snapshotFlaws(await cluster.snapshot(context()))
  if (flaws.length > 0)
    throw new LawBroken(`After the fault the snapshot is inconsistent: ${flaws.join('; ')}.`)
}

const refusals: readonly FaultOutcome['outcome'][] = ['gone', 'wrong-state', 'not-now', 'constraint']

async function goneIsRefused({ cluster, fault }: ClusterScene): Promise<void> {
  const before = await cluster.snapshot(context())
  const asked = { ...fault(before), ...unknown(fault(before)) } as Fault
  const answer = await cluster.inject(asked, context())
  if (!refusals.includes(answer.outcome) || !answer.reason) {
    throw new LawBroken(`A fault that addresses nothing was answered ${JSON.stringify(answer)}.`)
  }
  const after = await cluster.snapshot(context())
  if (JSON.stringify(after) !== JSON.stringify(before))
    throw new LawBroken('It was refused, and yet something changed.')
}

/** What identifies the entity, replaced by what no cluster has. */
function unknown(fault: Fault): Record<string, string> {
  const identities = ['instanceId', 'replica'].filter((key) => key in fault)
  return Object.fromEntries(identities.map((key) => [key, '1']))
}

async function interruptedReturns({ cluster, longFault }: ClusterScene): Promise<void> {
  const stop = new AbortController()
  const working = cluster.inject(longFault(await cluster.snapshot(context())), context(stop.signal))
  if ((await orTooLate(working, patience.abort)) !== tooLate) {
    throw new LawBroken('The long fault was over within 100 ms: it cannot be interrupted.')
  }
  const took = await timeToEnd(working, () => stop.abort())
  if (ownMs(took) > graceMs) {
    throw new LawBroken(`It had not returned ${graceMs} ms after it was interrupted.`)
  }
}

function context(signal?: AbortSignal): FaultContext & ClusterContext {
  return lawContext(signal ? { signal } : {})
}
