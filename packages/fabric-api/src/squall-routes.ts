import type { StartOptions } from '@squall/chaos'
import { isObject, type JsonValue } from '@squall/contract'
import type { Hono } from 'hono'
import type { FabricApiOptions } from './fabric-api-options.ts'
import { FabricError } from './fabric-error.ts'
import { readBody } from './read-body.ts'

/** What of a run lies outside Service Fabric's wire format: its seed, the choice of kinds, and why each fault was chosen. */
export function addSquallRoutes(api: Hono, { chaos }: FabricApiOptions): void {
  api.post('/squall/start', async (context) => {
    const body = await readBody(context.req)
    if (!isObject(body)) throw new FabricError('E_INVALIDARG', 'The body is no object.')
    await chaos.start(body['parameters'] ?? {}, readStartOptions(body['options']))
    return context.json({})
  })
  api.get('/squall/status', (context) => {
    const { seed, status, scheduleStatus } = chaos.get()
    return context.json({ status, scheduleStatus, ...(seed === undefined ? {} : { seed }) })
  })
  api.get('/squall/iterations', async (context) => {
    const iterations = await chaos.iterations()
    return context.json({ iterations: iterations as unknown as JsonValue })
  })
}

/** Throws `FabricError` for what are no options of a start. */
function readStartOptions(given: unknown): StartOptions {
  if (given === undefined || given === null) return {}
  if (!isObject(given)) throw new FabricError('E_INVALIDARG', '`options` is no object.')
  const { seed, kinds, exclude } = given
  if (seed !== undefined && !Number.isSafeInteger(seed))
    throw new FabricError('E_INVALIDARG', `A seed is a whole number, not '${String(seed)}'.`)
  for (const [name, value] of Object.entries({ kinds, exclude }))
    if (value !== undefined && !isObject(value))
      throw new FabricError('E_INVALIDARG', `'${name}' is no object.`)
  return given as StartOptions
}
