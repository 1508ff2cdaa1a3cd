import { isObject, type JsonObject, type JsonValue, type ProviderFields } from '@squall/contract'
import { contextFor } from '../run/activity.ts'
import { callProvider } from '../run/call-provider.ts'
import { reasonOf } from '../run/exception-lines.ts'
import type { RunScope } from '../run/run-scope.ts'
import { makeVariables } from './substitute.ts'

/**
 * Runs the entries of type `probe` in file order, each with the entries before it, and puts their answers in their
 * place (spec 3.3). One that fails is left out and told.
 */
export async function resolveDynamicConfiguration(
  loaded: JsonObject,
  secrets: JsonObject,
  scope: Omit<RunScope, 'variables'>,
): Promise<JsonObject> {
  const resolved: JsonObject = {}
  for (const [name, entry] of Object.entries(loaded)) {
    if (!isObject(entry) || entry['type'] !== 'probe') {
      resolved[name] = entry
      continue
    }
    try {
      resolved[name] = await answerOf(name, entry as JsonObject, {
        ...scope,
        variables: makeVariables(resolved, secrets),
      })
    } catch (error) {
      const message = `The configuration entry '${name}' is left out: its probe did not answer (${reasonOf(error)}).`
      scope.events.emit({ type: 'log', level: 'warning', message })
    }
  }
  return resolved
}

async function answerOf(name: string, entry: JsonObject, scope: RunScope): Promise<JsonValue> {
  const provider = entry['provider'] as unknown as ProviderFields
  const activity: JsonObject = { name, ...entry }
  const resolved = await scope.registry.resolve(provider)
  const request = { activity, provider, resolved, variables: scope.variables }
  const context = contextFor(0, activity, resolved, scope.interruption.foreground, scope)
  const output = await callProvider(request, context)
  if (provider.type === 'http' && isObject(output)) return output['body'] as JsonValue
  if (provider.type !== 'process' || !isObject(output)) return output
  if (output['status'] !== 0) throw new RangeError(`it ended with status ${String(output['status'])}`)
  return String(output['stdout']).trim()
}
