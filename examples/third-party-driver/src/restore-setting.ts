import { defineUndo } from '@squall/contract'
import { z } from 'zod'
import { withRedis } from './connection.ts'
import { redisPlace } from './redis-place.ts'
import { settingOf } from './settings.ts'

export const restoreSetting = defineUndo({
  summary: 'Gives a setting the value that it had.',
  args: redisPlace.extend({ name: z.string(), before: z.string() }),
  run: async ({ name, before, ...place }, { signal }) =>
    withRedis(place, signal, async (ask) => {
      if ((await settingOf(ask, name)) === before) return 'not needed'
      await ask('CONFIG', 'SET', name, before)
      return 'undone'
    }),
})
