import { isObject, type JsonObject, type JsonValue, objectOfEntries, valueAt } from '@squall/contract'
import { carryOut } from '../run/carry-out.ts'
import { reasonOf } from '../run/exception-lines.ts'
import type { RunScope } from '../run/run-scope.ts'
import { makeVariables } from './substitute.ts'
import { textOf } from './text-of.ts'

/**
 * Runs the entries of type `probe` in file order, each with the entries before it, and puts their answers in their
 * place (spec 3.3). One that fails is left out and told.
 */
export async function resolveDynamicConfiguration(
  loaded: JsonObject,
  secrets: JsonObject,
  scope: Omit<RunScope, 'variables'>,
): Promise<JsonObject> {
  const resolved = new Map<string, JsonValue>()
  for (const [name, entry] of Object.entries(loaded)) {
    if (!isObject(entry) || entry['type'] !== 'probe') {
      resolved.set(name, valueAt(loaded, name))
      continue
    }
    try {
      const variables = makeVariables(objectOfEntries(resolved), secrets)
      const asked = withEverySecret(entry as JsonObject, secrets)
      resolved.set(name, await answerOf(name, asked, { ...scope, variables }))
    } catch (error) {
      const message = `The configuration entry '${name}' is left out: its probe did not answer (${reasonOf(error)}).`
      scope.events.emit({ type: 'log', level: 'warning', message })
    }
  }
  return objectOfEntries(resolved)
}

/** The probe may read all groups of secrets, whatever it names (spec 3.3). */
function withEverySecret(entry: JsonObject, secrets: JsonObject): JsonObject {
  if (!isObject(entry['provider'])) return entry
  return { ...entry, provider: { ...entry['provider'], secrets: Object.keys(secrets) } }
}

async function answerOf(name: string, entry: JsonObject, scope: RunScope): Promise<JsonValue> {
  const undo = () => Promise.reject(new TypeError('a probe of the configuration may change nothing'))
  const output = await carryOut(
    { name, ...entry },
    { id: 0, signal: scope.interruption.foreground, undo },
    scope,
  )
  const type = isObject(entry['provider']) ? entry['provider']['type'] : undefined
  if (type === 'http' && isObject(output)) return valueAt({ body: null, ...output }, 'body')
  if (type !== 'process' || !isObject(output)) return output
  if (output['status'] !== 0) throw new RangeError(`it ended with status ${textOf(output['status'])}`)
  return textOf(output['stdout']).trim()
}
