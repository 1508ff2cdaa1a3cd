import { defineProbe } from '@squall/contract'
import { z } from 'zod'
import { portArgument } from '../argument-types.ts'
import type { System } from '../system.ts'

export function isListening({ ports }: System) {
  return defineProbe({
    summary: 'Whether anybody listens on a port. A frozen process does.',
    args: z.strictObject({ port: portArgument }),
    result: z.boolean(),
    run: async ({ port }) => (await ports.listeners({ ports: [port], namespaces: 'own' })).length > 0,
  })
}
