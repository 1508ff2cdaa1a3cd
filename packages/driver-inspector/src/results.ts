import { z } from 'zod'

export const faultSchema = z.object({
  id: z.string(),
  kind: z.string(),
  summary: z.string(),
  hits: z.number().describe('How often it struck.'),
})
