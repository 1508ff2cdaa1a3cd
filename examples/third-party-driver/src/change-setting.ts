import { defineAction } from '@squall/contract'
import { z } from 'zod'
import { withRedis } from './connection.ts'
import { placeOf } from './redis-place.ts'
import { settingName, settingOf } from './settings.ts'

export const changeSetting = defineAction({
  summary: 'Changes a setting until the run ends.',
  args: z.strictObject({
    name: z.string().regex(settingName).describe('Such as maxmemory.'),
    value: z.string().describe('As in redis.conf, such as 1mb.'),
  }),
  result: z.object({ before: z.string(), now: z.string() }),
  undoneBy: ['restore_setting'],
  targets: async ({ name }, context) => [`setting ${name} of ${placeOf(context).url}`],
  run: async ({ name, value }, context) => {
    const { signal, undo } = context
    const place = placeOf(context)
    return withRedis(place, signal, async (ask) => {
      const before = await settingOf(ask, name)
      await undo('restore_setting', { ...place, name, before })
      signal.throwIfAborted()
      await ask('CONFIG', 'SET', name, value)
      return { before, now: await settingOf(ask, name) }
    })
  },
})
