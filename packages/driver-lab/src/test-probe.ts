import { defineProbe } from '@squall/contract'
import { z } from 'zod'

/** The article's function that shows that a driver is called at all. */
export const test = defineProbe({
  summary: 'Answers with a fixed text.',
  args: z.strictObject({}),
  result: z.string(),
  run: async () => 'this is a test func output',
})
