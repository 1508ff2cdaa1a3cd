import { ActivityFailed, defineAction } from '@squall/contract'
import { z } from 'zod'
import { nftTable } from '../kernel/nft-table.ts'
import { namespaceName, Place } from '../kernel/place.ts'
import { needsKernel } from '../kernel/requirements.ts'
import type { NetSystem } from '../net-system.ts'

interface Device {
  readonly addr_info: readonly { readonly local: string; readonly scope: string }[]
}

export function partition(system: NetSystem) {
  return defineAction({
    summary: 'Cuts groups of network namespaces off from each other. Needs root on Linux.',
    args: z
      .strictObject({
        groups: z
          .array(z.array(namespaceName).min(1))
          .min(2)
          .describe('Groups of namespaces: each reaches its own group only.'),
      })
      .refine(({ groups }) => new Set(groups.flat()).size === groups.flat().length, {
        error: 'a namespace stands in it twice',
        path: ['groups'],
      })
      .superRefine(needsKernel(['ip', 'nft'], system)),
    result: z.object({ table: z.string() }),
    undoneBy: ['remove_tables'],
    targets: async ({ groups }) => groups.flat().map((name) => `network namespace ${name}`),
    run: async ({ groups }, context) => {
      const names = groups.flat()
      const addresses = new Map<string, readonly string[]>()
      for (const name of names) addresses.set(name, await addressesIn(new Place(name, system)))
      const table = `squall_${system.newId()}`
      await context.undo('remove_tables', { places: names, table })
      for (const name of names) {
        context.signal.throwIfAborted()
        const others = groups.filter((group) => !group.includes(name)).flat()
        const peers = others.flatMap((other) => addresses.get(other) ?? [])
        const rules = nftTable(table, ['in', 'out'], { peers, protocol: 'any', percent: 100 }, 'drop')
        await new Place(name, system).run(['nft', '-f', '-'], rules)
      }
      return { table }
    },
  })
}

async function addressesIn(place: Place): Promise<readonly string[]> {
  await place.check()
  const devices = await place.json<Device[]>(['ip', '-j', 'addr', 'show'])
  const addresses = devices
    .flatMap(({ addr_info }) => addr_info)
    .filter(({ scope }) => scope !== 'host')
    .map(({ local }) => local)
  if (addresses.length > 0) return addresses
  throw new ActivityFailed(
    `The network namespace ${place.namespace} has no address, so nobody can be cut off from it.`,
  )
}
