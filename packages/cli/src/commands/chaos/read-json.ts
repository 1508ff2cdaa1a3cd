import { promises } from 'node:fs'
import { isObject, type JsonObject, SquallError } from '@squall/contract'

/** An object in a JSON file. Rejects with `SQUALL_SOURCE_UNREADABLE` or `SQUALL_USAGE`. */
export async function readJsonFile(file: string): Promise<JsonObject> {
  const text = await promises.readFile(file, 'utf8').catch((cause: Error) => {
    throw new SquallError('SQUALL_SOURCE_UNREADABLE', { source: file, reason: cause.message }, { cause })
  })
  return readJsonText(text, file)
}

/** An object in a text of JSON, such as an option's value. Throws `SQUALL_USAGE` that names `what`. */
export function readJsonText(text: string, what: string): JsonObject {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch (cause) {
    const reason = `${what} is no JSON: ${(cause as Error).message}.`
    throw new SquallError('SQUALL_USAGE', { reason }, { cause })
  }
  if (!isObject(value)) throw new SquallError('SQUALL_USAGE', { reason: `${what} is no JSON object.` })
  return value as JsonObject
}
