import { type ActivityContext, ActivityFailed, defineAction } from '@squall/contract'
import { z } from 'zod'
import { checkPlace, deviceName, Place, placeArguments, placeText } from '../kernel/place.ts'
import { handleOf, netem, qdiscAdd, tbf } from '../kernel/queueing.ts'
import { needsKernel, needsNetem, whyNoNetem } from '../kernel/requirements.ts'
import type { NetSystem } from '../net-system.ts'

export interface Qdisc {
  readonly kind: string
  readonly handle: string
  readonly root?: boolean
}

const percent = z.coerce.number().min(0).max(100).default(0)
const milliseconds = z.coerce.number().min(0).max(600_000)
const where = { ...placeArguments, device: deviceName.describe('Device on which packets leave.') }
const result = z.object({ device: z.string(), handle: z.string() })

export function limitBandwidth(system: NetSystem) {
  return defineAction({
    summary: 'Limits what a network device sends, by `tc tbf`. Needs root on Linux.',
    args: z
      .strictObject({
        ...where,
        rate_kbit: z.coerce.number().int().min(8).describe('Kilobits (1000) a second.'),
        burst_kb: z.coerce.number().int().min(2).default(32).describe('Kilobytes that may go at once.'),
        latency_ms: milliseconds
          .min(1)
          .default(50)
          .describe('How long a packet may wait before it is dropped.'),
      })
      .superRefine(checkPlace)
      .superRefine(needsKernel(['ip', 'tc'], system)),
    result,
    undoneBy: ['remove_qdisc'],
    targets: async ({ namespace, device }) => [`device ${device} of ${placeText(namespace)}`],
    run: (given, context) => put(given, tbf(given), system, context),
  })
}

export function disturbPackets(system: NetSystem) {
  return defineAction({
    summary:
      'Delays, loses, doubles, breaks or reorders packets, by `tc netem`. Needs root on Linux and sch_netem.',
    args: z
      .strictObject({
        ...where,
        delay_ms: milliseconds.default(0),
        jitter_ms: milliseconds.default(0),
        loss: percent.describe('Share of the packets in percent, as are those below.'),
        duplicate: percent,
        corrupt: percent,
        reorder: percent.describe('Needs `delay_ms`.'),
      })
      .superRefine(checkPlace)
      .refine((given) => netem(given).length > 1, 'say what happens to the packets, such as delay_ms')
      .superRefine(needsKernel(['ip', 'tc', 'unshare'], system))
      .superRefine(needsNetem(system)),
    result,
    undoneBy: ['remove_qdisc'],
    targets: async ({ namespace, device }) => [`device ${device} of ${placeText(namespace)}`],
    run: async (given, context) => {
      const why = await whyNoNetem(system)
      if (why !== null) throw new ActivityFailed(`The kernel of this machine has no netem: ${why}.`)
      return put(given, netem(given), system, context)
    },
  })
}

async function put(
  { namespace, device }: { namespace?: string | undefined; device: string },
  discipline: readonly string[],
  system: NetSystem,
  context: ActivityContext,
): Promise<{ device: string; handle: string }> {
  const place = new Place(namespace, system)
  await place.check()
  const present = await qdiscsOf(place, device)
  const root = present.find((qdisc) => qdisc.root && qdisc.handle !== '0:')
  if (root)
    throw new ActivityFailed(`${device} has a queueing discipline already: ${root.kind} ${root.handle}`, {
      hint: 'Faults of one device cannot be put on top of each other: undo the other one first.',
    })
  const handle = handleOf(system.newId())
  await context.undo('remove_qdisc', { namespace: namespace ?? null, device, handle })
  context.signal.throwIfAborted()
  await place.run(qdiscAdd(device, handle, discipline))
  return { device, handle }
}

export function qdiscsOf(place: Place, device: string): Promise<readonly Qdisc[]> {
  return place.json<Qdisc[]>(['tc', '-j', 'qdisc', 'show', 'dev', device])
}
