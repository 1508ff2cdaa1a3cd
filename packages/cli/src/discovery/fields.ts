import { type DiscoveredActivity, isObject, type JsonSchema, type JsonValue } from '@squall/contract'

/** One thing an activity or a provider takes. */
export interface Field {
  readonly name: string
  /** Such as `integer`, in the words of `chaos discover` (spec 23.1); undefined where nothing is said. */
  readonly type: string | undefined
  readonly isRequired: boolean
  readonly default?: JsonValue
  readonly description?: string
  readonly choices?: readonly JsonValue[]
}

const typeNames: Readonly<Record<string, string>> = {
  boolean: 'boolean',
  integer: 'integer',
  number: 'number',
  string: 'string',
  array: 'list',
  object: 'mapping',
  null: 'null',
}

/** The fields of an object that a JSON Schema describes, in its order. */
export function fieldsOfSchema(schema: JsonSchema): Field[] {
  const properties = isObject(schema['properties']) ? schema['properties'] : {}
  const required = Array.isArray(schema['required']) ? schema['required'] : []
  return Object.entries(properties).flatMap(([name, property]) =>
    isObject(property) ? [fieldOf(name, property as JsonSchema, required.includes(name))] : [],
  )
}

function fieldOf(name: string, property: JsonSchema, isRequired: boolean): Field {
  const { description, enum: choices } = property
  return {
    name,
    type: typeOfSchema(property),
    isRequired,
    ...('default' in property ? { default: property['default'] as JsonValue } : {}),
    ...(typeof description === 'string' ? { description } : {}),
    ...(Array.isArray(choices) ? { choices: choices as JsonValue[] } : {}),
  }
}

/** The first of several that are possible; `object` for what has no name there. */
export function typeOfSchema(schema: JsonSchema): string | undefined {
  const { type } = schema
  const several = schema['anyOf'] ?? schema['oneOf']
  if (Array.isArray(several) && type === undefined)
    return isObject(several[0]) ? typeOfSchema(several[0] as JsonSchema) : undefined
  const first: unknown = Array.isArray(type) ? type[0] : type
  return first === undefined ? undefined : (typeNames[String(first)] ?? 'object')
}

/** The arguments a discovery file lists, without those that the runner gives. */
export function fieldsOfArguments(entries: DiscoveredActivity['arguments']): Field[] {
  return entries
    .filter(({ name }) => name !== 'configuration' && name !== 'secrets')
    .map((entry) => ({
      name: entry.name,
      type: entry.type,
      isRequired: !('default' in entry),
      ...('default' in entry ? { default: entry.default as JsonValue } : {}),
    }))
}
