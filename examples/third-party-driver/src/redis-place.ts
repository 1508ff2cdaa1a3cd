import type { ActivityContext } from '@squall/contract'
import { z } from 'zod'

/** Where a Redis is and how one gets in. It is all that an undo has, so it goes along with each. */
export const redisPlace = z.strictObject({
  /** `redis://host:port` or `unix:/path/to/socket`. */
  url: z.string(),
  /** squall stores a secret as a reference to where it came from, never as it is. */
  password: z.string().optional(),
})

export type RedisPlace = z.infer<typeof redisPlace>

/** The Redis that configuration and secrets of an experiment name. */
export function placeOf({
  configuration,
  secrets,
}: Pick<ActivityContext, 'configuration' | 'secrets'>): RedisPlace {
  const { redis_url: url = 'redis://127.0.0.1:6379' } = configuration
  const { redis_password: password } = secrets
  return { url: String(url), ...(typeof password === 'string' ? { password } : {}) }
}
