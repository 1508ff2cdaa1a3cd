import type { HonoRequest } from 'hono'
import { FabricError } from './fabric-error.ts'

/** The JSON of a request. Throws `FabricError` for a body that is none. */
export async function readBody(request: HonoRequest): Promise<unknown> {
  const text = await request.text()
  try {
    return JSON.parse(text)
  } catch (cause) {
    const what = text.trim() === '' ? 'is empty' : 'is no JSON'
    throw new FabricError('E_INVALIDARG', `The body of the request ${what}.`, { cause })
  }
}
