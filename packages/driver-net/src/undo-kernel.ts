import { defineUndo } from '@squall/contract'
import { z } from 'zod'
import { hasBlackhole, isUp, routeProtocol } from './activities/links.ts'
import { qdiscsOf } from './activities/queues.ts'
import { Place } from './kernel/place.ts'
import type { NetSystem } from './net-system.ts'

const namespace = z.string().nullable().describe('Null: the current one.')

export function undoRemoveTables(system: NetSystem) {
  return defineUndo({
    summary: 'Removes a table of nftables that squall made.',
    args: z.strictObject({ places: z.array(namespace), table: z.string().regex(/^squall_\w+$/) }),
    run: async ({ places, table }) => {
      let found = false
      for (const place of places.map((each) => new Place(each ?? undefined, system))) {
        if (!(await place.isThere()) || !(await hasTable(place, table))) continue
        found = true
        await place.run(['nft', 'delete', 'table', 'inet', table])
      }
      return found ? 'undone' : 'not needed'
    },
  })
}

async function hasTable(place: Place, table: string): Promise<boolean> {
  const lines = (await place.run(['nft', 'list', 'tables', 'inet'])).split('\n')
  return lines.includes(`table inet ${table}`)
}

export function undoRemoveQdisc(system: NetSystem) {
  return defineUndo({
    summary: 'Removes the queueing discipline that squall put on a device.',
    args: z.strictObject({ namespace, device: z.string(), handle: z.string() }),
    run: async ({ namespace: name, device, handle }) => {
      const place = new Place(name ?? undefined, system)
      if (!(await hasDevice(place, device))) return 'not needed'
      const present = await qdiscsOf(place, device)
      if (!present.some((qdisc) => qdisc.root && qdisc.handle === handle)) return 'not needed'
      await place.run(['tc', 'qdisc', 'del', 'dev', device, 'root', 'handle', handle])
      return 'undone'
    },
  })
}

export function undoLinkUp(system: NetSystem) {
  return defineUndo({
    summary: 'Takes a network device up again, with the routes through it.',
    args: z.strictObject({ namespace, device: z.string(), routes: z.array(z.string()) }),
    run: async ({ namespace: name, device, routes }) => {
      const place = new Place(name ?? undefined, system)
      if (!(await hasDevice(place, device)) || (await isUp(place, device))) return 'not needed'
      await place.run(['ip', 'link', 'set', 'dev', device, 'up'])
      for (const route of routes) {
        const [family = '-4', ...words] = route.split(/\s+/)
        await place.run(['ip', family, 'route', 'replace', ...words, 'dev', device])
      }
      return 'undone'
    },
  })
}

export function undoRemoveRoute(system: NetSystem) {
  return defineUndo({
    summary: 'Removes a route that made an address unreachable.',
    args: z.strictObject({ namespace, to: z.string() }),
    run: async ({ namespace: name, to }) => {
      const place = new Place(name ?? undefined, system)
      if (!(await place.isThere()) || !(await hasBlackhole(place, to))) return 'not needed'
      await place.run(['ip', 'route', 'del', 'blackhole', to, 'proto', routeProtocol])
      return 'undone'
    },
  })
}

async function hasDevice(place: Place, device: string): Promise<boolean> {
  if (!(await place.isThere())) return false
  const links = await place.json<{ ifname: string }[]>(['ip', '-j', 'link', 'show'])
  return links.some(({ ifname }) => ifname === device)
}
