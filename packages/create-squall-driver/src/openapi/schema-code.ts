import { after, type Code, call, list, literal, object } from '../code/code.ts'
import type { DocumentNode } from './document-node.ts'
import type { Documents } from './documents.ts'
import { numberCode, stringCode } from './scalar-code.ts'
import { firstSentence, isOneWay, typesOf } from './schema-words.ts'
import { camelCase, Names, snakeCase } from './words.ts'

/** A schema with a name of its own, as it is written into a module. */
export interface SchemaDefinition {
  readonly name: string
  readonly code: Code
  /** It contains itself, so that TypeScript has to be told its type. */
  readonly isRecursive: boolean
  readonly description: string | undefined
}

/**
 * Writes the schemas of a document in zod. What a document refers to gets a name; each definition stands behind those it
 * uses, and what refers to itself does so lazily.
 */
export class SchemaCode {
  readonly definitions: SchemaDefinition[] = []
  private readonly documents: Documents
  private readonly names = new Names()
  private readonly nameOf = new Map<string, string>()
  private readonly underway = new Map<string, { isRecursive: boolean }>()

  constructor(documents: Documents) {
    this.documents = documents
  }

  /** The zod expression of a schema, without its description. */
  code(node: DocumentNode): Code {
    const target = this.documents.target(node)
    return target ? this.reference(target) : this.inline(node)
  }

  private reference(target: DocumentNode): Code {
    const known = this.nameOf.get(target.id)
    const name = known ?? this.names.take(`${camelCase(snakeCase(target.keys.at(-1) ?? '', 'schema'))}Schema`)
    const open = this.underway.get(target.id)
    if (open) {
      open.isRecursive = true
      return `z.lazy(() => ${name})`
    }
    if (known === undefined) this.define(target, name)
    return name
  }

  private define(target: DocumentNode, name: string): void {
    const state = { isRecursive: false }
    this.nameOf.set(target.id, name)
    this.underway.set(target.id, state)
    const code = this.code(target)
    this.underway.delete(target.id)
    this.definitions.push({ name, code, description: target.get('description').text, ...state })
  }

  private inline(node: DocumentNode, siblings: readonly DocumentNode[] = []): Code {
    if (node.value === false) return 'z.never()'
    const parts = [
      ...this.ownParts(node, siblings),
      ...this.allParts(node),
      ...['oneOf', 'anyOf'].flatMap((key) => this.choice(node.get(key).items)),
    ]
    const [first = 'z.unknown()', ...more] = parts
    const code = more.reduce((whole, part) => call('z.intersection', whole, part), first)
    const isNullable = node.get('nullable').value === true && code !== 'z.unknown()'
    return isNullable ? after(code, '.nullable()') : code
  }

  private allParts(node: DocumentNode): readonly Code[] {
    const parts = node.get('allOf').items
    const whole = [node, ...parts]
    return parts.flatMap((part) => {
      const target = this.documents.target(part)
      const code = target ? this.reference(target) : this.inline(part, whole)
      return code === 'z.unknown()' ? [] : [code]
    })
  }

  private choice(branches: readonly DocumentNode[]): readonly Code[] {
    const codes = branches.map((branch) => this.code(branch))
    if (codes.length < 2) return codes
    return [call('z.union', list(codes))]
  }

  /** What the schema says of its own, beside what it puts together. */
  private ownParts(node: DocumentNode, siblings: readonly DocumentNode[]): readonly Code[] {
    const constant = node.get('const').value
    if (constant !== undefined) return [literalsCode([constant])]
    const allowed = node.get('enum').value
    if (Array.isArray(allowed)) return [literalsCode(allowed)]
    const types = typesOf(node)
    if (types.length === 0) return []
    const codes = types.filter((type) => type !== 'null').map((type) => this.ofType(type, node, siblings))
    const [only = 'z.null()'] = codes
    const code = codes.length > 1 ? call('z.union', list(codes)) : only
    return [types.includes('null') && codes.length > 0 ? after(code, '.nullable()') : code]
  }

  private ofType(type: string, node: DocumentNode, siblings: readonly DocumentNode[]): Code {
    switch (type) {
      case 'string':
        return stringCode(node)
      case 'integer':
      case 'number':
        return numberCode(type, node)
      case 'boolean':
        return 'z.boolean()'
      case 'array':
        return this.arrayCode(node)
      default:
        return this.objectCode(node, siblings)
    }
  }

  private arrayCode(node: DocumentNode): Code {
    const [minimum, maximum] = [node.get('minItems').value, node.get('maxItems').value]
    const first = node.get('prefixItems').items
    const items = node.get('items')
    const rest = items.value === undefined ? 'z.unknown()' : this.code(items)
    if (first.length > 0) {
      const tuple = list(first.map((item) => this.code(item)))
      return items.value === false ? call('z.tuple', tuple) : call('z.tuple', tuple, rest)
    }
    const limits = [
      typeof minimum === 'number' && minimum > 0 ? `.min(${minimum})` : '',
      typeof maximum === 'number' ? `.max(${maximum})` : '',
    ]
    return after(call('z.array', rest), limits.join(''))
  }

  private objectCode(node: DocumentNode, siblings: readonly DocumentNode[]): Code {
    const rest = node.get('additionalProperties')
    const members = this.members(node, siblings)
    const isOpen = rest.value === undefined || rest.value === true
    const others = isOpen || rest.value === false ? undefined : this.code(rest)
    if (members.length === 0 && rest.value !== false) {
      return call('z.record', 'z.string()', others ?? 'z.unknown()')
    }
    if (others !== undefined) return after(call('z.object', object(members)), `.catchall(${flat(others)})`)
    return call(isOpen ? 'z.looseObject' : 'z.strictObject', object(members))
  }

  private members(
    node: DocumentNode,
    siblings: readonly DocumentNode[],
  ): readonly (readonly [string, Code])[] {
    const required = node
      .get('required')
      .items.flatMap(({ value }) => (typeof value === 'string' ? [value] : []))
    const own = node.get('properties').members
    const known = own.map(([name]) => name)
    // Names that another part of the same `allOf` describes, or nobody does.
    const missing = required.filter((name) => !known.includes(name))
    const borrowed = missing.map((name) => [name, this.borrowed(name, siblings)] as const)
    return [
      ...own.map(([name, property]) => {
        const isNeeded = required.includes(name) && !isOneWay(this.documents.follow(property))
        const code = this.described(property)
        return [name, isNeeded ? code : after(code, '.optional()')] as const
      }),
      ...borrowed,
    ]
  }

  private borrowed(name: string, siblings: readonly DocumentNode[]): Code {
    const properties = siblings.map((each) => this.documents.follow(each).get('properties').get(name))
    const property = properties.find(({ value }) => value !== undefined)
    return property ? this.code(property) : 'z.unknown()'
  }

  /** With what editors show about it. */
  described(node: DocumentNode, text: string | undefined = node.get('description').text): Code {
    const facts: Record<string, unknown> = {}
    const description = firstSentence(text)
    if (description !== undefined) facts['description'] = description
    for (const key of ['format', 'default', 'deprecated']) {
      const { value } = node.get(key)
      if (value !== undefined && value !== false) facts[key] = value
    }
    const code = this.code(node)
    if (Object.keys(facts).length === 0) return code
    const told =
      Object.keys(facts).length === 1 && description !== undefined
        ? call('.describe', literal(description))
        : call('.meta', literal(facts))
    return after(code, flat(told))
  }
}

function flat(code: Code): string {
  if (typeof code === 'string') return code
  const space = code.isObject ? ' ' : ''
  return `${code.open}${space}${code.parts.map(flat).join(', ')}${space}${code.close}`
}

function literalsCode(values: readonly unknown[]): Code {
  const texts = values.filter((value) => typeof value === 'string')
  const simple = values.filter((value) => typeof value !== 'object' || value === null)
  if (simple.length < values.length || values.length === 0) return 'z.unknown()'
  if (values.length === 1) return call('z.literal', literal(values[0]))
  return call(
    texts.length === values.length ? 'z.enum' : 'z.literal',
    list([...new Set(values)].map(literal)),
  )
}
