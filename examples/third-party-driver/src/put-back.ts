import { defineUndo } from '@squall/contract'
import { z } from 'zod'
import { withRedis } from './connection.ts'
import { redisPlace } from './redis-place.ts'

/** Leaves a key alone that somebody has written since: the newer value is the true one. */
export const putBack = defineUndo({
  summary: 'Puts a key back that was taken away.',
  args: redisPlace.extend({ key: z.string(), dump: z.base64(), expiresAt: z.number().nullable() }),
  run: async ({ key, dump, expiresAt, ...place }, { signal, clock }) =>
    withRedis(place, signal, async (ask) => {
      const isOver = expiresAt !== null && expiresAt <= clock.now()
      if (isOver || (await ask('EXISTS', key)) === 1) return 'not needed'
      await ask('RESTORE', key, String(expiresAt ?? 0), Buffer.from(dump, 'base64'), 'ABSTTL')
      return 'undone'
    }),
})
