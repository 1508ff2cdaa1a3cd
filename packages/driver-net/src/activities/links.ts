import { ActivityFailed, defineAction } from '@squall/contract'
import { z } from 'zod'
import { checkPlace, deviceName, Place, placeArguments, placeText } from '../kernel/place.ts'
import { needsKernel } from '../kernel/requirements.ts'
import type { NetSystem } from '../net-system.ts'

/** Marks routes as ours; the numbers from 187 on are nobody's. */
export const routeProtocol = '213'

export function linkDown(system: NetSystem) {
  return defineAction({
    summary: 'Takes a network device down. Needs root on Linux.',
    args: z
      .strictObject({ ...placeArguments, device: deviceName })
      .superRefine(checkPlace)
      .superRefine(needsKernel(['ip'], system)),
    result: z.object({ device: z.string(), routes: z.array(z.string()).describe('What goes through it.') }),
    undoneBy: ['link_up'],
    targets: async ({ namespace, device }) => [`device ${device} of ${placeText(namespace)}`],
    run: async ({ namespace, device }, context) => {
      const place = new Place(namespace, system)
      await place.check()
      if (!(await isUp(place, device))) throw new ActivityFailed(`${device} is down already.`)
      const routes = await routesThrough(place, device)
      await context.undo('link_up', { namespace: namespace ?? null, device, routes })
      context.signal.throwIfAborted()
      await place.run(['ip', 'link', 'set', 'dev', device, 'down'])
      return { device, routes }
    },
  })
}

export function blackholeRoute(system: NetSystem) {
  return defineAction({
    summary: 'Makes an address or network unreachable from a network namespace. Needs root on Linux.',
    args: z
      .strictObject({
        ...placeArguments,
        to: z.union([z.ipv4(), z.ipv6(), z.cidrv4(), z.cidrv6()]).describe('Address or network.'),
      })
      .superRefine(checkPlace)
      .superRefine(needsKernel(['ip'], system)),
    result: z.object({ to: z.string() }),
    undoneBy: ['remove_route'],
    targets: async ({ namespace, to }) => [`routes to ${to} in ${placeText(namespace)}`],
    run: async ({ namespace, to }, context) => {
      const place = new Place(namespace, system)
      await place.check()
      if (await hasBlackhole(place, to)) throw new ActivityFailed(`${to} is unreachable already.`)
      await context.undo('remove_route', { namespace: namespace ?? null, to })
      context.signal.throwIfAborted()
      await place.run(['ip', 'route', 'add', 'blackhole', to, 'proto', routeProtocol])
      return { to }
    },
  })
}

export async function isUp(place: Place, device: string): Promise<boolean> {
  const [link] = await place.json<{ flags: string[] }[]>(['ip', '-j', 'link', 'show', 'dev', device])
  return link?.flags.includes('UP') ?? false
}

/** Whether a route of ours makes it unreachable. */
export async function hasBlackhole(place: Place, to: string): Promise<boolean> {
  const family = to.includes(':') ? '-6' : '-4'
  const show = ['ip', family, 'route', 'show', 'type', 'blackhole', 'proto', routeProtocol, 'exact', to]
  return (await place.run(show)).trim() !== ''
}

/** Routes that the kernel forgets when the device goes down and does not make itself when it comes up. */
async function routesThrough(place: Place, device: string): Promise<string[]> {
  const lists = ['-4', '-6'].map(async (family) => {
    const lines = (await place.run(['ip', family, 'route', 'show', 'dev', device])).split('\n')
    const others = lines.filter((line) => line.trim() !== '' && !/ proto (?:kernel|ra)\b/.test(line))
    return others.map((line) => `${family} ${line.replace(/ linkdown\b/, '').trim()}`)
  })
  return (await Promise.all(lists)).flat()
}
