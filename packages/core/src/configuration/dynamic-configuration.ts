import { isObject, type JsonObject, type JsonValue, type ProviderFields } from '@squall/contract'
import { callUnlessProtected } from '../guards/check-protection.ts'
import { contextFor } from '../run/activity-context.ts'
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
      resolved.set(name, entry)
      continue
    }
    try {
      const variables = makeVariables(Object.fromEntries(resolved), secrets)
      resolved.set(name, await answerOf(name, entry as JsonObject, { ...scope, variables }))
    } catch (error) {
      const message = `The configuration entry '${name}' is left out: its probe did not answer (${reasonOf(error)}).`
      scope.events.emit({ type: 'log', level: 'warning', message })
    }
  }
  return Object.fromEntries(resolved)
}

async function answerOf(name: string, entry: JsonObject, scope: RunScope): Promise<JsonValue> {
  if (!isObject(entry['provider'])) throw new TypeError('it has no provider')
  const provider = entry['provider'] as unknown as ProviderFields
  const activity: JsonObject = { name, ...entry }
  const resolved = await scope.registry.resolve(provider)
  const request = { activity, provider, resolved, variables: scope.variables }
  const output = await callUnlessProtected(request, scope.protection, () => ({
    ...contextFor(0, activity, resolved, scope.interruption.foreground, scope),
    undo: () => Promise.reject(new TypeError('a probe of the configuration may change nothing')),
  }))
  if (provider.type === 'http' && isObject(output)) return (output['body'] ?? null) as JsonValue
  if (provider.type !== 'process' || !isObject(output)) return output
  if (output['status'] !== 0) throw new RangeError(`it ended with status ${textOf(output['status'])}`)
  return textOf(output['stdout']).trim()
}
