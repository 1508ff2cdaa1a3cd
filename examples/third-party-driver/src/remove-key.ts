import { ActivityFailed, defineAction } from '@squall/contract'
import { z } from 'zod'
import { withRedis } from './connection.ts'
import { placeOf } from './redis-place.ts'

export const removeKey = defineAction({
  summary: 'Takes a key away until the run ends.',
  args: z.strictObject({ key: z.string().min(1).describe('Of any type.') }),
  result: z.object({ removed: z.string() }),
  undoneBy: ['put_back'],
  targets: async ({ key }, context) => [`key ${key} of ${placeOf(context).url}`],
  run: async ({ key }, context) => {
    const { signal, clock, undo } = context
    const place = placeOf(context)
    return withRedis(place, signal, async (ask) => {
      const dump = await ask('DUMP', key)
      if (!Buffer.isBuffer(dump)) throw new ActivityFailed(`There is no key '${key}' to remove.`)
      const leftMs = Number(await ask('PTTL', key))
      // A key that would be gone by then is not put back.
      const expiresAt = leftMs < 0 ? null : Math.round(clock.now() + leftMs)
      await undo('put_back', { ...place, key, dump: dump.toString('base64'), expiresAt })
      signal.throwIfAborted()
      await ask('DEL', key)
      return { removed: key }
    })
  },
})
