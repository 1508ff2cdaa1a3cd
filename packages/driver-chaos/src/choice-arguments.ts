import { z } from 'zod'

const names = z.array(z.string()).optional()

/** What of a run the wire format has no words for. */
export const choiceArguments = {
  seed: z.int().optional().describe('Makes every choice by chance from this number. Default: drawn.'),
  kinds: z
    .strictObject({
      include: names,
      exclude: names,
      weights: z.record(z.string(), z.number().min(0)).optional(),
    })
    .optional()
    .describe('Which kinds of faults are used, and their weights.'),
  exclude: z
    .strictObject({ nodes: names, nodeTypes: names, applications: names, services: names })
    .optional()
    .describe('What is never touched, whatever the target filter includes.'),
}
