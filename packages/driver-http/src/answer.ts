import { type JsonObject, type JsonValue, parseJson, putValue } from '@squall/contract'
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
  const output: JsonObject = { status, headers: headerObject(headers) }
  putValue(output, 'body', isJson ? parsed(text) : text)
  return output
}

function parsed(text: string): JsonValue {
  try {
    return parseJson(text)
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause)
    throw new Error(`The answer says it is application/json, but its body is not JSON: ${reason}.`, { cause })
  }
}
