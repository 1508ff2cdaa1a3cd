import { z } from 'zod'
import { parseAddress } from './address.ts'

export const apiArgument = z
  .url({ protocol: /^https?$/, error: 'must be a URL such as http://127.0.0.1:8474' })
  .optional()
  .describe('URL of the API. Default: `toxiproxy_url` of the configuration, else http://127.0.0.1:8474.')

export const address = z
  .string()
  .refine((text) => parseAddress(text) !== null, 'must be an address such as 127.0.0.1:8080')

export const proxyName = z.string().min(1).describe('Name of the proxy.')
export const toxicName = z.string().min(1).describe('Name of the toxic.')
export const toxicity = z.coerce.number().min(0).max(1)

export const toxicSchema = z.object({
  name: z.string(),
  type: z.string(),
  stream: z.enum(['upstream', 'downstream']),
  toxicity: z.number(),
  attributes: z.record(z.string(), z.json()),
})

export const proxySchema = z.object({
  name: z.string(),
  listen: z.string(),
  upstream: z.string(),
  enabled: z.boolean(),
  http: z.boolean().optional(),
  seed: z.number().optional(),
  toxics: z.array(toxicSchema),
})
