import { defineProbe } from '@squall/contract'
import { z } from 'zod'
import { withRedis } from './connection.ts'
import { placeOf } from './redis-place.ts'

export const readKey = defineProbe({
  summary: 'The text under a key; null where there is none.',
  args: z.strictObject({ key: z.string().min(1).describe('Of a text.') }),
  result: z.string().nullable(),
  run: async ({ key }, context) =>
    withRedis(placeOf(context), context.signal, async (ask) => {
      const reply = await ask('GET', key)
      return Buffer.isBuffer(reply) ? reply.toString() : null
    }),
})
