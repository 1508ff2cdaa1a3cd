import type { JsonObject, JsonValue } from '@squall/contract'
import { bodyText } from './body-text.ts'
import { headerObject, headerOf } from './header-list.ts'
import type { RawAnswer } from './transport.ts'
import { unpack } from './unpack.ts'

/** The output of an http activity. Throws when the body is not what the headers say. */
export async function answerOutput({ status, headers, body }: RawAnswer): Promise<JsonObject> {
  const contentType = headerOf(headers, 'content-type')
  const text = bodyText(await unpack(body, headerOf(headers, 'content-encoding')), contentType)
  // Exactly this: with a charset, or of a vendor's type, a body stays text.
  const isJson = contentType === 'application/json'
  return { status, headers: headerObject(headers), body: isJson ? parsed(text) : text }
}

function parsed(text: string): JsonValue {
  try {
    return JSON.parse(text) as JsonValue
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause)
    throw new Error(`The answer says it is application/json, but its body is not JSON: ${reason}.`, { cause })
  }
}
