import { defineUndo } from '@squall/contract'
import { z } from 'zod'
import { runningProcess } from '../host/host-files.ts'
import { lookAt } from '../look/cluster-look.ts'
import { join, lookIfAny, makeRoom, startUntilServing, type Workshop, waitUntil } from '../membership.ts'
import { onCluster } from './undo-work.ts'

/** Gives the cluster its full number of members again: starts one that was added, adds one, or removes one. */
export const restoreMembers = defineUndo({
  summary: 'Adds the member that was removed, or removes the one that was added too many.',
  args: z.strictObject({
    cluster: z.string().describe('The file that describes the cluster.'),
    home: z.string().describe('The host whose member was taken out.'),
    spare: z.string().optional().describe('The host to which it was to move.'),
  }),
  run: ({ cluster, home, spare }, context) =>
    onCluster(cluster, context, async (shop) => {
      await waitUntil(
        shop,
        'An answer of the cluster',
        async () => (await lookIfAny(shop))?.leader !== undefined,
      )
      const started = await startNewcomers(shop, [home, ...(spare ? [spare] : [])])
      return (await evenOut(shop, home, spare)) || started
    }),
})

/** Other faults may be at work on other members: only what is about these two hosts is put back. */
async function evenOut(shop: Workshop, home: string, spare: string | undefined): Promise<boolean> {
  const { members } = await lookAt(shop.cluster, shop.client, shop.signal)
  const isListed = (name: string) => members.some(({ peerUrl }) => peerUrl === hostOf(shop, name).peerUrl)
  const listed = [home, ...(spare ? [spare] : [])].filter(isListed).length
  if (listed === 0 && members.length < shop.cluster.size) {
    await join(shop, hostOf(shop, home))
    return true
  }
  if (!spare || listed < 2 || members.length <= shop.cluster.size) return false
  await makeRoom(shop, hostOf(shop, spare))
  return true
}

/** A member that was added and has never run counts for the quorum and cannot vote. */
async function startNewcomers(shop: Workshop, names: readonly string[]): Promise<boolean> {
  let started = false
  for (const name of names) {
    const host = hostOf(shop, name)
    const { members } = await lookAt(shop.cluster, shop.client, shop.signal)
    const listed = members.find(({ peerUrl }) => peerUrl === host.peerUrl)
    if (listed?.name !== '' || (await runningProcess(host))) continue
    await startUntilServing(shop, host)
    started = true
  }
  return started
}

function hostOf({ cluster }: Workshop, name: string) {
  const host = cluster.hosts.find((one) => one.name === name)
  if (!host) throw new Error(`${cluster.file} has no host ${name} any more.`)
  return host
}
