import { isObject, type JsonSchema } from '@squall/contract'

/** The TypeScript type of what a JSON Schema accepts; `unknown` for what it cannot say. */
export function typeText(schema: unknown, root: unknown = schema): string {
  if (!isObject(schema)) return 'unknown'
  const part = schema as JsonSchema
  if (part['const'] !== undefined) return JSON.stringify(part['const'])
  if (Array.isArray(part['enum'])) return union(part['enum'].map((value) => JSON.stringify(value)))
  const choices = part['anyOf'] ?? part['oneOf']
  if (Array.isArray(choices)) return union(choices.map((choice) => typeText(choice, root)))
  if (Array.isArray(part['allOf']))
    return part['allOf'].map((each) => `(${typeText(each, root)})`).join(' & ')
  if (typeof part['$ref'] === 'string') return referenced(part['$ref'], root)
  const { type } = part
  if (Array.isArray(type)) return union(type.map((each) => plainType({ ...part, type: each }, root)))
  return plainType(part, root)
}

/** Only one step: a schema that contains itself would never end. */
function referenced(reference: string, root: unknown): string {
  let part: unknown = root
  for (const key of reference.split('/').slice(1))
    part = isObject(part) ? (part as JsonSchema)[key] : undefined
  return JSON.stringify(part ?? null).includes('"$ref"') ? 'unknown' : typeText(part, root)
}

function plainType(part: JsonSchema, root: unknown): string {
  switch (part['type']) {
    case 'string':
      return 'string'
    case 'number':
    case 'integer':
      return 'number'
    case 'boolean':
      return 'boolean'
    case 'null':
      return 'null'
    case 'array':
      return arrayType(part, root)
    case 'object':
      return objectType(part, root)
    default:
      return 'unknown'
  }
}

function arrayType({ items, prefixItems }: JsonSchema, root: unknown): string {
  if (Array.isArray(prefixItems)) return `[${prefixItems.map((item) => valueType(item, root)).join(', ')}]`
  return `(${items === undefined ? 'unknown' : valueType(items, root)})[]`
}

function objectType(part: JsonSchema, root: unknown): string {
  const { properties, required, additionalProperties: rest } = part
  const needed = Array.isArray(required) ? required : []
  const own = isObject(properties) ? Object.entries(properties as JsonSchema) : []
  const members = own.map(([name, schema]) => member(name, schema, needed.includes(name), root))
  if (isObject(rest))
    members.push(`[name: string]: ${own.length === 0 ? valueType(rest as JsonSchema, root) : 'unknown'}`)
  if (members.length > 0) return `{ ${members.join('; ')} }`
  return rest === false ? 'Record<string, never>' : 'Record<string, unknown>'
}

function member(name: string, schema: unknown, isNeeded: boolean, root: unknown): string {
  const description = isObject(schema) ? schema['description'] : undefined
  const comment = typeof description === 'string' ? `/** ${description.replaceAll('*/', '* /')} */ ` : ''
  return `${comment}${JSON.stringify(name)}${isNeeded ? '' : '?'}: ${valueType(schema, root)}`
}

/** `${name}` may stand for any value. */
function valueType(schema: unknown, root: unknown): string {
  const type = typeText(schema, root)
  if (isObject(schema) && schema['const'] !== undefined) return type
  return /(?<![<\w])(string|unknown)\b/.test(type) ? type : union([type, 'SquallVariable'])
}

function union(types: readonly string[]): string {
  return [...new Set(types)].join(' | ')
}
