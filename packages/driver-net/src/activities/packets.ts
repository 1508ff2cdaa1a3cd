import { type ActivityContext, defineAction } from '@squall/contract'
import { z } from 'zod'
import { nftTable, type PacketMatch, type Way } from '../kernel/nft-table.ts'
import { checkPlace, Place, placeArguments, placeText } from '../kernel/place.ts'
import { needsKernel } from '../kernel/requirements.ts'
import type { NetSystem } from '../net-system.ts'

const port = z.coerce.number().int().min(1).max(65_535).optional()
const peer = z.union([z.ipv4(), z.ipv6(), z.cidrv4(), z.cidrv6()])

const matchArguments = {
  ...placeArguments,
  peers: z.array(peer).default([]).describe('Addresses or networks of the other side. Default: any.'),
  local_port: port.describe('Port on this side. Default: any.'),
  remote_port: port.describe('Port on the other side. Default: any.'),
  percent: z.coerce.number().gt(0).max(100).default(100).describe('Share of the packets.'),
}
const result = z.object({ table: z.string().describe('The table of nftables that does it.') })

export function dropPackets(system: NetSystem) {
  return defineAction({
    summary: 'Drops packets, all or a share of them, in a network namespace. Needs root on Linux.',
    args: z
      .strictObject({
        ...matchArguments,
        protocol: z.enum(['any', 'tcp', 'udp']).default('any'),
        direction: z.enum(['in', 'out', 'both']).default('both').describe('As seen from the namespace.'),
      })
      .superRefine(checkPlace)
      .superRefine(checkExtent)
      .superRefine(needsKernel(['ip', 'nft'], system)),
    result,
    undoneBy: ['remove_tables'],
    targets: async ({ namespace, peers }) => [target(namespace, peers)],
    run: ({ namespace, direction, ...match }, context) => {
      const ways: readonly Way[] = direction === 'both' ? ['in', 'out'] : [direction]
      return load(namespace, system, context, (table) => nftTable(table, ways, match, 'drop'))
    },
  })
}

export function resetPackets(system: NetSystem) {
  return defineAction({
    summary: 'Answers TCP packets with a reset in a network namespace. Needs root on Linux.',
    args: z
      .strictObject(matchArguments)
      .superRefine(checkPlace)
      .superRefine(checkExtent)
      .superRefine(needsKernel(['ip', 'nft'], system)),
    result,
    undoneBy: ['remove_tables'],
    targets: async ({ namespace, peers }) => [target(namespace, peers)],
    run: ({ namespace, ...given }, context) => {
      const match: PacketMatch = { ...given, protocol: 'tcp' }
      return load(namespace, system, context, (table) => nftTable(table, ['in', 'out'], match, 'reset'))
    },
  })
}

async function load(
  namespace: string | undefined,
  system: NetSystem,
  context: ActivityContext,
  rules: (table: string) => string,
): Promise<{ table: string }> {
  const place = new Place(namespace, system)
  await place.check()
  const table = `squall_${system.newId()}`
  await context.undo('remove_tables', { places: [namespace ?? null], table })
  context.signal.throwIfAborted()
  await place.run(['nft', '-f', '-'], rules(table))
  return { table }
}

function target(namespace: string | undefined, peers: readonly string[]): string {
  return `${placeText(namespace)}, packets of ${peers.length === 0 ? 'everybody' : peers.join(', ')}`
}

/** Nobody cuts off the machine squall runs on by leaving something out. */
function checkExtent(
  given: {
    current?: true | undefined
    peers: readonly string[]
    local_port?: unknown
    remote_port?: unknown
  },
  context: { addIssue(issue: { code: 'custom'; message: string }): void },
): void {
  const isNarrow = given.peers.length > 0 || given.local_port !== undefined || given.remote_port !== undefined
  if (given.current && !isNarrow)
    context.addIssue({
      code: 'custom',
      message: 'say with peers or a port which packets of the current namespace',
    })
}
