import type { JsonValue } from '@squall/contract'
import { Reader } from './reader.ts'
import {
  type Comparison,
  type Condition,
  comparisons,
  type FunctionName,
  functionNames,
  type Operand,
  type Path,
  type Step,
  type Subscript,
} from './syntax.ts'

/**
 * Parses a path of the jsonpath2 dialect that Chaos Toolkit uses (spec 8). It is not RFC 9535: `=` compares, a filter
 * tests the node it stands on, names in brackets take double quotes, and `or` binds tighter than `and`.
 * Throws a SyntaxError that names the column.
 */
export function parseJsonPath(text: string): Path {
  const reader = new Reader(text)
  reader.blanks()
  if (!reader.take('$')) reader.fail("a path begins with '$'")
  const path: Path = { root: '$', steps: rootSteps(reader) }
  reader.blanks()
  if (!reader.atEnd) reader.fail(`unexpected '${reader.rest[0]}'`)
  return path
}

function rootSteps(reader: Reader): Step[] {
  try {
    return steps(reader)
  } catch (error) {
    // The stack is at its end.
    if (error instanceof RangeError) reader.fail('it is nested too deeply')
    throw error
  }
}

function steps(reader: Reader): Step[] {
  const found: Step[] = []
  for (;;) {
    const recursive = reader.take('..')
    if (reader.take('[')) found.push({ recursive, subscripts: bracket(reader) })
    else if (recursive || reader.take('.')) found.push({ recursive, subscripts: [dotted(reader)] })
    else return found
  }
}

function dotted(reader: Reader): Subscript {
  if (reader.take('*')) return { type: 'every' }
  const call = functionCall(reader)
  if (call) return call
  const name = reader.match(/^[_A-Za-z][_A-Za-z0-9]*/)
  if (name === undefined) reader.fail("a name or '*' is missing after '.'")
  return { type: 'name', name }
}

function bracket(reader: Reader): Subscript[] {
  const found: Subscript[] = []
  do {
    reader.blanks()
    found.push(subscript(reader))
    reader.blanks()
  } while (reader.take(','))
  reader.expect(']')
  return found
}

function subscript(reader: Reader): Subscript {
  if (reader.take('*')) return { type: 'every' }
  if (reader.take('?')) return filter(reader)
  const nested = nestedPath(reader)
  if (nested) return { type: 'nested', path: nested }
  const call = functionCall(reader)
  if (call) return call
  const name = quoted(reader)
  if (name !== undefined) return { type: 'name', name }
  return indexOrSlice(reader)
}

function indexOrSlice(reader: Reader): Subscript {
  const slice = reader.match(/^(-?\d+)?\s*:\s*(-?\d+)?(\s*:\s*(-?\d+)?)?/)
  if (slice !== undefined) {
    const [start, end, step] = slice.split(':').map((part) => (part.trim() === '' ? undefined : Number(part)))
    return {
      type: 'slice',
      ...(start === undefined ? {} : { start }),
      ...(end === undefined ? {} : { end }),
      step: step ?? 1,
    }
  }
  const index = reader.match(/^-?\d+/)
  if (index === undefined) reader.fail('an index, a name in double quotes, a slice or a filter is missing')
  return { type: 'index', index: Number(index) }
}

function filter(reader: Reader): Subscript {
  reader.expect('(')
  const found = conjunction(reader)
  reader.expect(')')
  return { type: 'filter', condition: found }
}

function conjunction(reader: Reader): Condition {
  return joined(reader, 'and', () => joined(reader, 'or', () => negation(reader)))
}

function joined(reader: Reader, type: 'and' | 'or', part: () => Condition): Condition {
  const parts = [part()]
  for (;;) {
    reader.blanks()
    if (!reader.word(type)) break
    parts.push(part())
  }
  return parts.length === 1 && parts[0] ? parts[0] : { type, parts }
}

function negation(reader: Reader): Condition {
  reader.blanks()
  if (reader.word('not')) return { type: 'not', part: negation(reader) }
  if (!reader.take('(')) return comparison(reader)
  const inner = conjunction(reader)
  reader.expect(')')
  return inner
}

function comparison(reader: Reader): Condition {
  const left = operand(reader)
  reader.blanks()
  const operator = comparisons.find((token): boolean =>
    token === 'contains' ? reader.word(token) : reader.take(token),
  ) as Comparison | undefined
  if (operator === undefined) return { type: 'operand', operand: left }
  reader.blanks()
  return { type: 'compare', operator, left, right: operand(reader) }
}

function operand(reader: Reader): Operand {
  reader.blanks()
  const path = nestedPath(reader)
  return path ? { type: 'path', path } : { type: 'value', value: value(reader) }
}

function nestedPath(reader: Reader): Path | undefined {
  for (const root of ['@', '$'] as const) {
    if (reader.take(root)) return { root, steps: steps(reader) }
  }
  return undefined
}

function functionCall(reader: Reader): Subscript | undefined {
  const name = functionNames.find((known) => new RegExp(`^${known}\\s*\\(`).test(reader.rest)) as
    | FunctionName
    | undefined
  if (name === undefined) return undefined
  reader.take(name)
  reader.expect('(')
  const args: Operand[] = []
  reader.blanks()
  while (!reader.take(')')) {
    if (args.length > 0) reader.expect(',')
    args.push(operand(reader))
    reader.blanks()
  }
  return { type: 'call', name, args }
}

function quoted(reader: Reader): string | undefined {
  const text = reader.match(/^"(?:[^"\\]|\\.)*"/)
  return text === undefined ? undefined : (JSON.parse(text) as string)
}

function value(reader: Reader): JsonValue {
  const text = quoted(reader)
  if (text !== undefined) return text
  const number = reader.match(/^-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/)
  if (number !== undefined) return Number(number)
  if (reader.word('true')) return true
  if (reader.word('false')) return false
  if (reader.word('null')) return null
  if (reader.take('[')) return listValue(reader)
  if (reader.take('{')) return objectValue(reader)
  return reader.fail('a path or a JSON value is missing')
}

function listValue(reader: Reader): JsonValue[] {
  const items: JsonValue[] = []
  reader.blanks()
  while (!reader.take(']')) {
    if (items.length > 0) reader.expect(',')
    reader.blanks()
    items.push(value(reader))
    reader.blanks()
  }
  return items
}

function objectValue(reader: Reader): JsonValue {
  const entries: [string, JsonValue][] = []
  reader.blanks()
  while (!reader.take('}')) {
    if (entries.length > 0) reader.expect(',')
    reader.blanks()
    const key = quoted(reader) ?? reader.fail('a key in double quotes is missing')
    reader.expect(':')
    reader.blanks()
    entries.push([key, value(reader)])
    reader.blanks()
  }
  return Object.fromEntries(entries)
}
