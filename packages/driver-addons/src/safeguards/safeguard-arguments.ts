import { z } from 'zod'

const seconds = z.number().min(0)

const probe = z.looseObject({
  name: z.string().min(1),
  type: z.literal('probe'),
  provider: z.looseObject({ type: z.string().min(1) }),
  tolerance: z.unknown().refine((value) => value !== undefined && value !== null, 'it has no tolerance'),
  frequency: z.number().positive().nullish(),
  background: z.boolean().nullish(),
  pauses: z.looseObject({ before: seconds.nullish(), after: seconds.nullish() }).nullish(),
  max_duration: z.number().positive().nullish(),
})

/** What the control `safeguards` takes (spec 25); `deadline` and a probe's `max_duration` are squall's own. */
export const safeguardArguments = z.object({
  probes: z.array(probe).min(1),
  interrupt_after_activity: z.boolean().default(false),
  /** Seconds that background activities may still take once a safeguard has ended the run. */
  deadline: seconds.default(0),
})

export type SafeguardArguments = z.infer<typeof safeguardArguments>
export type SafeguardProbe = z.infer<typeof probe>
