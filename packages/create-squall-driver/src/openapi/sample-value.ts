import { isObject } from '@squall/contract'
import type { DocumentNode } from './document-node.ts'
import type { Documents } from './documents.ts'
import { sampleOfPattern } from './pattern-sample.ts'
import { numberLimits } from './scalar-code.ts'
import { SchemaMatch } from './schema-match.ts'

const formats: Readonly<Record<string, string>> = {
  date: '2026-01-31',
  'date-time': '2026-01-31T12:00:00Z',
  time: '12:00:00Z',
  duration: 'PT1H',
  email: 'somebody@example.org',
  hostname: 'example.org',
  ipv4: '192.0.2.1',
  ipv6: '2001:db8::1',
  uri: 'https://example.org/',
  url: 'https://example.org/',
  uuid: '123e4567-e89b-42d3-a456-426614174000',
  byte: 'c2FtcGxl',
}

/** Makes a value that a schema accepts, the smallest one, going by what the document gives as examples first. */
export class SampleValues {
  private readonly documents: Documents
  private readonly match: SchemaMatch

  constructor(documents: Documents) {
    this.documents = documents
    this.match = new SchemaMatch(documents)
  }

  /** Of a parameter, a body or an answer: the example beside its schema counts before those within. */
  beside(holder: DocumentNode, schema: DocumentNode | undefined): unknown {
    const listed = holder
      .get('examples')
      .members.map(([, each]) => this.documents.follow(each).get('value').value)
    const examples = [holder.get('example').value, ...listed].filter((value) => value !== undefined)
    if (!schema) return examples[0] ?? null
    const example = examples.find((value) => this.match.accepts(schema, value))
    return example === undefined ? this.of(schema) : example
  }

  of(node: DocumentNode, above: readonly string[] = []): unknown {
    const schema = this.documents.follow(node)
    const value = this.part(schema, above)
    return isObject(value) ? this.whole(schema, value, [...above, schema.id]) : (value ?? null)
  }

  /** Without what only the whole of an `allOf` can know; undefined for a schema that says nothing. */
  private part(schema: DocumentNode, above: readonly string[]): unknown {
    // Whatever contains itself stops being given where it does not have to be.
    const path = [...above, schema.id]
    const given = this.given(schema)
    if (given) return given.value
    const [branch] = [...schema.get('oneOf').items, ...schema.get('anyOf').items].filter(
      (each) => !path.includes(this.documents.follow(each).id),
    )
    const parts = schema.get('allOf').items.map((each) => this.part(this.documents.follow(each), path))
    const values = [this.own(schema, path), ...parts, branch && this.of(branch, path)].filter(
      (value) => value !== undefined,
    )
    return values.length > 0 && values.every(isObject) ? Object.assign({}, ...values) : values[0]
  }

  /** What the document gives itself, where that is what its schema accepts. */
  private given(schema: DocumentNode): { value: unknown } | undefined {
    const listed = [schema.get('examples'), schema.get('enum')].flatMap(({ items }) => items)
    const named = ['const', 'example', 'default'].map((key) => schema.get(key))
    const good = [...named, ...listed].find(({ value }) => this.match.accepts(schema, value))
    return good && { value: good.value }
  }

  /** With what `required` names beside an `allOf`. */
  private whole(schema: DocumentNode, value: Record<string, unknown>, path: readonly string[]): unknown {
    const parts = [schema, ...schema.get('allOf').items].map((part) => this.documents.follow(part))
    const required = parts.flatMap((part) => part.get('required').items.map((each) => String(each.value)))
    for (const name of required) {
      if (value[name] !== undefined) continue
      const property = parts
        .map((part) => part.get('properties').get(name))
        .find((each) => each.value !== undefined)
      value[name] = property ? this.of(property, path) : null
    }
    return value
  }

  private own(schema: DocumentNode, path: readonly string[]): unknown {
    const types = [schema.get('type').value].flat()
    if (types.includes('string')) return stringSample(schema)
    if (types.includes('integer') || types.includes('number')) return numberSample(schema)
    if (types.includes('boolean')) return true
    if (types.includes('array') || schema.get('items').value !== undefined) return this.listOf(schema, path)
    const isKnown = ['object', 'null'].some((type) => types.includes(type))
    const hasFields = ['properties', 'required'].some((key) => schema.get(key).value !== undefined)
    if (types.includes('object') || hasFields) return this.objectOf(schema, path)
    return isKnown ? null : undefined
  }

  private listOf(schema: DocumentNode, path: readonly string[]): unknown[] {
    const first = schema.get('prefixItems').items.map((item) => this.of(item, path))
    const items = schema.get('items')
    const isCircle = items.value !== undefined && path.includes(this.documents.follow(items).id)
    const least = Number(schema.get('minItems').value ?? (isCircle || first.length > 0 ? 0 : 1))
    const isNone = items.value === undefined || items.value === false
    const missing = Math.max(0, least - first.length)
    const more = Array.from({ length: isNone && first.length > 0 ? 0 : missing }, () => this.of(items, path))
    return [...first, ...more]
  }

  private objectOf(schema: DocumentNode, path: readonly string[]): Record<string, unknown> {
    const required = schema.get('required').items.map(({ value }) => value)
    const needed = schema.get('properties').members.filter(([name]) => required.includes(name))
    return Object.fromEntries(needed.map(([name, property]) => [name, this.of(property, path)]))
  }
}

function stringSample(schema: DocumentNode): string {
  const [least, most] = [
    Number(schema.get('minLength').value ?? 0),
    Number(schema.get('maxLength').value ?? Infinity),
  ]
  const pattern = schema.get('pattern').text
  const plain = formats[schema.get('format').text ?? ''] ?? 'sample'
  const fits = (text: string): boolean => text.length >= least && text.length <= most
  if (pattern !== undefined) return sampleOfPattern(pattern, [plain], fits) ?? plain
  return fits(plain) ? plain : plain.slice(0, most).padEnd(least, 'x')
}

function numberSample(schema: DocumentNode): number {
  const { minimum, maximum, above, below } = numberLimits(schema)
  const step = Number(schema.get('multipleOf').value ?? (schema.get('type').value === 'number' ? 0.5 : 1))
  const fits = (value: number): boolean =>
    value >= (minimum ?? -Infinity) &&
    value <= (maximum ?? Infinity) &&
    value > (above ?? -Infinity) &&
    value < (below ?? Infinity)
  const start = Math.max(
    minimum ?? -Infinity,
    above ?? -Infinity,
    below === undefined && maximum === undefined ? 1 : -Infinity,
  )
  const from = Number.isFinite(start) ? start : Math.min(maximum ?? Infinity, below ?? Infinity)
  const near = [
    1,
    Math.ceil(from / step) * step,
    Math.ceil(from / step) * step + step,
    Math.floor(from / step) * step - step,
  ]
  return near.find((value) => fits(value) && Number.isInteger(value / step)) ?? near.find(fits) ?? from
}
