import type { DocumentNode } from './document-node.ts'

/** The zod expression of a text. Its `format` only says what it is meant to be, as in OpenAPI. */
export function stringCode(node: DocumentNode): string {
  const [minimum, maximum] = [node.get('minLength').value, node.get('maxLength').value]
  return [
    'z.string()',
    typeof minimum === 'number' && minimum > 0 ? `.min(${minimum})` : '',
    typeof maximum === 'number' ? `.max(${maximum})` : '',
    patternCode(node.get('pattern').text),
  ].join('')
}

function patternCode(pattern: string | undefined): string {
  const expression = pattern === undefined ? undefined : regularExpression(pattern)
  return expression ? `.regex(${expression})` : ''
}

/** The expression of a `pattern`; undefined for one in a dialect that JavaScript does not read. */
export function regularExpression(pattern: string): RegExp | undefined {
  for (const flags of ['u', '']) {
    try {
      return new RegExp(pattern, flags)
    } catch {
      // The other way, or not at all.
    }
  }
  return undefined
}

/** The zod expression of a number. */
export function numberCode(type: 'integer' | 'number', node: DocumentNode): string {
  const { minimum, maximum, above, below } = numberLimits(node)
  const multiple = node.get('multipleOf').value
  return [
    type === 'integer' ? 'z.int()' : 'z.number()',
    minimum === undefined ? '' : `.min(${minimum})`,
    maximum === undefined ? '' : `.max(${maximum})`,
    above === undefined ? '' : `.gt(${above})`,
    below === undefined ? '' : `.lt(${below})`,
    typeof multiple === 'number' && multiple > 0 ? `.multipleOf(${multiple})` : '',
  ].join('')
}

/** `above` and `below` are the exclusive limits: a number of their own in 3.1, a mark on the others in 3.0. */
export interface NumberLimits {
  readonly minimum?: number
  readonly maximum?: number
  readonly above?: number
  readonly below?: number
}

export function numberLimits(node: DocumentNode): NumberLimits {
  const low = limit(node, 'minimum', 'exclusiveMinimum')
  const high = limit(node, 'maximum', 'exclusiveMaximum')
  return {
    ...(low.inclusive === undefined ? {} : { minimum: low.inclusive }),
    ...(high.inclusive === undefined ? {} : { maximum: high.inclusive }),
    ...(low.exclusive === undefined ? {} : { above: low.exclusive }),
    ...(high.exclusive === undefined ? {} : { below: high.exclusive }),
  }
}

function limit(
  node: DocumentNode,
  key: string,
  strictKey: string,
): { inclusive?: number; exclusive?: number } {
  const [value, strict] = [node.get(key).value, node.get(strictKey).value]
  if (strict === true && typeof value === 'number') return { exclusive: value }
  return {
    ...(typeof value === 'number' ? { inclusive: value } : {}),
    ...(typeof strict === 'number' ? { exclusive: strict } : {}),
  }
}
