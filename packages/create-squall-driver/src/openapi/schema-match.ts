import { isDeepStrictEqual } from 'node:util'
import { isObject } from '@squall/contract'
import type { DocumentNode } from './document-node.ts'
import type { Documents } from './documents.ts'
import { numberLimits, regularExpression } from './scalar-code.ts'
import { isOneWay, typesOf } from './schema-words.ts'

/**
 * Tells whether a schema accepts a value, as its zod would: the examples of a document are often older than its schemas.
 */
export class SchemaMatch {
  private readonly documents: Documents

  constructor(documents: Documents) {
    this.documents = documents
  }

  accepts(node: DocumentNode, value: unknown, above: readonly string[] = []): boolean {
    const schema = this.documents.follow(node)
    if (schema.value === false || value === undefined) return false
    // It says that it is itself, which says nothing.
    if (above.includes(schema.id)) return true
    if (value === null && schema.get('nullable').value === true) return true
    const path = [...above, schema.id]
    const fits = (each: DocumentNode): boolean => this.accepts(each, value, path)
    const choices = [schema.get('oneOf').items, schema.get('anyOf').items].filter(
      (branches) => branches.length > 0,
    )
    return (
      this.isOwn(schema, value) &&
      schema.get('allOf').items.every(fits) &&
      choices.every((branches) => branches.some(fits))
    )
  }

  private isOwn(schema: DocumentNode, value: unknown): boolean {
    const constant = schema.get('const').value
    if (constant !== undefined) return isDeepStrictEqual(constant, value)
    const allowed = schema.get('enum').value
    if (Array.isArray(allowed)) return allowed.some((each) => isDeepStrictEqual(each, value))
    const types = typesOf(schema)
    return types.length === 0 || types.some((type) => this.isOf(type, schema, value))
  }

  private isOf(type: string, schema: DocumentNode, value: unknown): boolean {
    switch (type) {
      case 'string':
        return typeof value === 'string' && isText(schema, value)
      case 'integer':
        return Number.isSafeInteger(value) && isNumber(schema, value as number)
      case 'number':
        return typeof value === 'number' && isNumber(schema, value)
      case 'boolean':
        return typeof value === 'boolean'
      case 'null':
        return value === null
      case 'array':
        return Array.isArray(value) && this.isList(schema, value)
      default:
        return isObject(value) && this.isObject(schema, value)
    }
  }

  private isList(schema: DocumentNode, value: readonly unknown[]): boolean {
    const first = schema.get('prefixItems').items
    const items = schema.get('items')
    if (!isBetween(value.length, schema.get('minItems').value, schema.get('maxItems').value)) return false
    return value.every((each, index) => {
      const own = first[index] ?? items
      return own.value === undefined || this.accepts(own, each)
    })
  }

  private isObject(schema: DocumentNode, value: Readonly<Record<string, unknown>>): boolean {
    const properties = schema.get('properties')
    const rest = schema.get('additionalProperties')
    const needed = schema.get('required').items.map((each) => String(each.value))
    const isWhole = needed.every(
      (name) => Object.hasOwn(value, name) || isOneWay(this.documents.follow(properties.get(name))),
    )
    const fits = ([name, each]: [string, unknown]): boolean => {
      const property = properties.get(name)
      const own = property.value === undefined ? rest : property
      return own.value === undefined || this.accepts(own, each)
    }
    return isWhole && Object.entries(value).every(fits)
  }
}

function isText(schema: DocumentNode, value: string): boolean {
  const pattern = schema.get('pattern').text
  const isLong = isBetween(value.length, schema.get('minLength').value, schema.get('maxLength').value)
  return isLong && (pattern === undefined || (regularExpression(pattern)?.test(value) ?? true))
}

function isNumber(schema: DocumentNode, value: number): boolean {
  const { minimum, maximum, above = -Infinity, below = Infinity } = numberLimits(schema)
  const multiple = schema.get('multipleOf').value
  const isStep = typeof multiple !== 'number' || Number.isInteger(value / multiple)
  return isBetween(value, minimum, maximum) && value > above && value < below && isStep
}

function isBetween(value: number, minimum: unknown, maximum: unknown): boolean {
  const isEnough = typeof minimum !== 'number' || value >= minimum
  return isEnough && (typeof maximum !== 'number' || value <= maximum)
}
