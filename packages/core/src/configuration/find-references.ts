import { isObject, type JsonObject, type JsonValue } from '@squall/contract'
import type { Overrides } from './load-configuration.ts'
import type { Reference } from './references.ts'

/** `configuration` and `secrets` as an experiment declares them. */
export interface Declared {
  readonly configuration: JsonObject
  readonly secrets: JsonObject
}

/**
 * The entries of configuration that are read with `from`. Objects with a `type` of their own are used as they are there
 * (spec 3.1), and so is an object whose `from` names no resolver.
 */
export function configurationReferences(
  { configuration }: Declared,
  overrides: Overrides | undefined,
  isSource: (name: string) => boolean,
): Reference[] {
  return Object.entries(configuration).flatMap(([name, own]) => {
    const entry = overrideOf(name, overrides?.configuration) ?? own
    if (!isObject(entry) || 'type' in entry) return []
    const { from } = entry as JsonObject
    const isReference = typeof from === 'string' && isSource(from)
    return isReference
      ? [{ path: ['configuration', name], source: from, declaration: entry as JsonObject }]
      : []
  })
}

/** The secrets whose `type` names a resolver, at any depth of a group that nobody replaced (spec 3.2). */
export function secretReferences(
  { secrets }: Declared,
  overrides: Overrides | undefined,
  isSource: (name: string) => boolean,
): Reference[] {
  const within = (value: JsonValue, path: readonly string[]): Reference[] => {
    if (!isObject(value)) return []
    const declaration = value as JsonObject
    const { type } = declaration
    if (type === 'env') return []
    if (typeof type === 'string' && isSource(type)) return [{ path, source: type, declaration }]
    return Object.entries(declaration).flatMap(([key, item]) => within(item, [...path, key]))
  }
  return Object.entries(secrets).flatMap(([name, group]) =>
    overrideOf(name, overrides?.secrets) === undefined ? within(group, ['secrets', name]) : [],
  )
}

function overrideOf(name: string, overrides: JsonObject | undefined): JsonValue | undefined {
  return overrides && Object.hasOwn(overrides, name) ? overrides[name] : undefined
}
