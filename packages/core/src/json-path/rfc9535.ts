import type { JsonValue } from '@squall/contract'

/** A path of RFC 9535, ready to be used. */
export interface StandardPath {
  findAll(document: JsonValue): JsonValue[]
}

/**
 * Reads a path of RFC 9535, which a jsonpath tolerance asks for with `"dialect": "rfc9535"`. Its library is loaded when
 * the first one is read. Rejects with a SyntaxError for a path that is none.
 */
export async function readStandardPath(path: string): Promise<StandardPath> {
  const { jsonpath } = await library()
  try {
    const compiled = jsonpath.compile(path)
    return { findAll: (document) => compiled.query(document).values() as JsonValue[] }
  } catch (cause) {
    throw new SyntaxError(cause instanceof Error ? cause.message : String(cause), { cause })
  }
}

async function library(): Promise<typeof import('json-p3')> {
  try {
    return await import('json-p3')
  } catch (cause) {
    const message =
      'the dialect rfc9535 needs the package json-p3, which is not installed beside @squall/core'
    throw new SyntaxError(message, { cause })
  }
}
