import { defineUndo, type UndoContext } from '@squall/contract'
import { z } from 'zod'
import type { EtcdHost } from '../cluster-file.ts'
import { WaitedTooLong } from '../etcd-error.ts'
import { readHostState, runningProcess, writeHostState } from '../host/host-files.ts'
import { lookIfAny, startUntilServing, type Workshop } from '../membership.ts'
import { onCluster } from './undo-work.ts'

/** Longer it does not wait for the member to take part: that may need others, which are started after it. */
const patienceMs = 10_000
/** So long a killed process may take to be gone on a busy machine. */
const dyingMs = 300

/** Starts a host and its member again. */
export const startHost = defineUndo({
  summary: 'Starts the member that was killed or stopped, with the data it has.',
  args: z.strictObject({
    cluster: z.string().describe('The file that describes the cluster.'),
    host: z.string(),
    hadMember: z.boolean().describe('Whether a member ran there.'),
  }),
  run: ({ cluster, host: name, hadMember }, context) =>
    onCluster(cluster, context, async (shop) => {
      const host = shop.cluster.hosts.find((one) => one.name === name)
      if (!host) return false
      const wasDown = await bringUp(host)
      const isMissing = hadMember && !(await keepsRunning(host, context)) && (await isListed(shop, host))
      if (isMissing) await startAndWait(shop, host, context)
      return wasDown || isMissing
    }),
})

async function startAndWait(shop: Workshop, host: EtcdHost, { log }: UndoContext): Promise<void> {
  try {
    await startUntilServing(shop, host, patienceMs)
  } catch (error) {
    if (!(error instanceof WaitedTooLong)) throw error
    log.warn(`${host.name} runs again and does not take part yet.`)
  }
}

/** One that was killed a moment ago may still be there. */
async function keepsRunning(host: EtcdHost, { clock }: UndoContext): Promise<boolean> {
  const until = clock.monotonic() + dyingMs
  while (await runningProcess(host)) {
    if (clock.monotonic() > until) return true
    await clock.sleep(20)
  }
  return false
}

async function bringUp(host: EtcdHost): Promise<boolean> {
  const { instance, isUp } = await readHostState(host)
  if (!isUp) await writeHostState(host, { instance: instance + 1, isUp: true })
  return !isUp
}

/** A member that was removed meanwhile must not be started; when nobody answers, it is needed. */
async function isListed(shop: Workshop, host: EtcdHost): Promise<boolean> {
  const look = await lookIfAny(shop)
  return look === undefined || look.members.some(({ peerUrl }) => peerUrl === host.peerUrl)
}
