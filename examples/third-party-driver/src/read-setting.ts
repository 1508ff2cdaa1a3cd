import { defineProbe } from '@squall/contract'
import { z } from 'zod'
import { withRedis } from './connection.ts'
import { placeOf } from './redis-place.ts'
import { settingName, settingOf } from './settings.ts'

export const readSetting = defineProbe({
  summary: 'The value of a setting.',
  args: z.strictObject({ name: z.string().regex(settingName).describe('Such as maxmemory.') }),
  result: z.string(),
  run: async ({ name }, context) =>
    withRedis(placeOf(context), context.signal, (ask) => settingOf(ask, name)),
})
