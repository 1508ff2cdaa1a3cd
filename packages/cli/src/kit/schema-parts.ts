import { isObject, type JsonSchema } from '@squall/contract'

const variable = { type: 'string', pattern: '\\$\\{', description: '`${name}` of a configuration value.' }

/** What holds where an object's fields have these values. */
export function when(values: Readonly<Record<string, string>>, schema: JsonSchema): JsonSchema {
  const constants = Object.entries(values).map(([key, value]) => [key, { const: value }])
  const condition = { required: Object.keys(values), properties: Object.fromEntries(constants) }
  // biome-ignore lint/suspicious/noThenProperty: a word of JSON Schema
  return { if: condition, then: schema }
}

/** Moves a schema below `$defs/HOME` of a larger one: what its references mean stays the same. */
export function atHome(schema: JsonSchema, home: string): JsonSchema {
  return mapObjects(schema, (part: JsonSchema) => {
    const reference = part['$ref']
    const isInside = typeof reference === 'string' && reference.startsWith('#')
    return isInside ? { ...part, $ref: `#/$defs/${home}${reference.slice(1)}` } : part
  }) as JsonSchema
}

/** Also accepts `${name}` wherever a value is wanted: it is replaced before the driver sees it. */
export function withVariables(schema: JsonSchema): JsonSchema {
  const inside = mapObjects(schema, (part: JsonSchema) => ({
    ...part,
    ...(isObject(part.properties) ? { properties: eachOrVariable(part.properties) } : {}),
    ...(isObject(part.items) ? { items: orVariable(part.items) } : {}),
  }))
  return orVariable(inside as JsonSchema)
}

function eachOrVariable(properties: Readonly<Record<string, JsonSchema>>): Record<string, JsonSchema> {
  const fields = Object.entries(properties).map(([name, part]) => [name, orVariable(part)])
  return Object.fromEntries(fields) as Record<string, JsonSchema>
}

function orVariable(schema: JsonSchema): JsonSchema {
  const { description, default: usual } = schema
  return {
    ...(description === undefined ? {} : { description }),
    ...(usual === undefined ? {} : { default: usual }),
    anyOf: [schema, variable],
  }
}

/** Maps every object of a JSON value, the inner ones first. */
function mapObjects(value: unknown, map: (part: JsonSchema) => JsonSchema): unknown {
  if (Array.isArray(value)) return value.map((entry) => mapObjects(entry, map))
  if (!isObject(value)) return value
  const inside = Object.entries(value).map(([key, entry]) => [key, mapObjects(entry, map)])
  return map(Object.fromEntries(inside) as JsonSchema)
}
