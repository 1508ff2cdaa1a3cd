import path from 'node:path'
import { defineProbe } from '@squall/contract'
import { z } from 'zod'
import { exists } from './exists.ts'

export const isPresent = defineProbe({
  summary: 'Whether a file is there.',
  args: z.strictObject({ file: z.string().min(1).describe('The file, relative to the experiment.') }),
  result: z.boolean(),
  run: async ({ file }, { directory }) => exists(path.resolve(directory, file)),
})
