import { isObject, type JsonValue } from '@squall/contract'
import { isTruthy, pythonEquals } from '../tolerance/python-equality.ts'
import type { Comparison, Condition, FunctionName, Operand, Path, Step, Subscript } from './syntax.ts'

/** Finds every value a path selects, in document order. Nothing found is an empty list, never an error. */
export function findAll(path: Path, document: JsonValue): JsonValue[] {
  return walk(path, document, document)
}

function walk(path: Path, root: JsonValue, current: JsonValue): JsonValue[] {
  let nodes = [path.root === '$' ? root : current]
  for (const step of path.steps) nodes = nodes.flatMap((node) => applyStep(step, root, node))
  return nodes
}

function applyStep(step: Step, root: JsonValue, node: JsonValue): JsonValue[] {
  const starts = step.recursive ? withDescendants(node) : [node]
  return starts.flatMap((start) => step.subscripts.flatMap((subscript) => select(subscript, root, start)))
}

function withDescendants(node: JsonValue): JsonValue[] {
  return [node, ...children(node).flatMap(withDescendants)]
}

function children(node: JsonValue): JsonValue[] {
  if (Array.isArray(node)) return node
  return isObject(node) ? Object.values(node) : []
}

function select(subscript: Subscript, root: JsonValue, node: JsonValue): JsonValue[] {
  switch (subscript.type) {
    case 'every':
      return children(node)
    case 'name':
      return isObject(node) && Object.hasOwn(node, subscript.name) ? [node[subscript.name] as JsonValue] : []
    case 'index':
      return present(Array.isArray(node) ? node.at(subscript.index) : undefined)
    case 'slice':
      return Array.isArray(node) ? sliced(node, subscript) : []
    case 'filter':
      return holds(subscript.condition, root, node) ? [node] : []
    case 'call':
      return present(
        call(
          subscript.name,
          node,
          subscript.args.map((arg) => values(arg, root, node)[0]),
        ),
      )
    case 'nested':
      return walk(subscript.path, root, node).flatMap((key) => byValue(node, key))
  }
}

function byValue(node: JsonValue, key: JsonValue): JsonValue[] {
  if (typeof key === 'string')
    return isObject(node) && Object.hasOwn(node, key) ? [node[key] as JsonValue] : []
  return typeof key === 'number' && Array.isArray(node) ? present(node.at(key)) : []
}

function present(value: JsonValue | undefined): JsonValue[] {
  return value === undefined ? [] : [value]
}

function sliced(list: JsonValue[], slice: { start?: number; end?: number; step: number }): JsonValue[] {
  if (slice.step <= 0) return []
  return list.slice(slice.start, slice.end).filter((_, index) => index % slice.step === 0)
}

function call(name: FunctionName, node: JsonValue, args: (JsonValue | undefined)[]): JsonValue | undefined {
  if (typeof node === 'string') return callOnText(name, node, args)
  if (name === 'length' && (Array.isArray(node) || isObject(node))) return children(node).length
  if (!isObject(node)) return undefined
  const object = node as Record<string, JsonValue>
  if (name === 'keys') return Object.keys(object)
  if (name === 'values') return Object.values(object)
  return name === 'entries' ? Object.entries(object) : undefined
}

function callOnText(
  name: FunctionName,
  text: string,
  args: (JsonValue | undefined)[],
): JsonValue | undefined {
  const [first, second] = args
  // Python counts characters, JavaScript halves of some of them.
  const characters = [...text]
  if (name === 'length') return characters.length
  if (typeof first !== 'number') return undefined
  if (name === 'charAt') return characters[first]
  if (name !== 'substring') return undefined
  return characters.slice(first, typeof second === 'number' ? second : undefined).join('')
}

function holds(condition: Condition, root: JsonValue, node: JsonValue): boolean {
  switch (condition.type) {
    case 'and':
      return condition.parts.every((part) => holds(part, root, node))
    case 'or':
      return condition.parts.some((part) => holds(part, root, node))
    case 'not':
      return !holds(condition.part, root, node)
    case 'operand':
      return condition.operand.type === 'path'
        ? walk(condition.operand.path, root, node).length > 0
        : isTruthy(condition.operand.value)
    case 'compare': {
      const rights = values(condition.right, root, node)
      return values(condition.left, root, node).some((left) =>
        rights.some((right) => compare(condition.operator, left, right)),
      )
    }
  }
}

function values(operand: Operand, root: JsonValue, node: JsonValue): JsonValue[] {
  return operand.type === 'value' ? [operand.value] : walk(operand.path, root, node)
}

function compare(operator: Comparison, left: JsonValue, right: JsonValue): boolean {
  if (operator === '=') return pythonEquals(left, right)
  if (operator === '!=') return !pythonEquals(left, right)
  if (operator === 'contains') return contains(left, right)
  if (typeof left !== 'number' || typeof right !== 'number') return false
  if (operator === '<') return left < right
  if (operator === '<=') return left <= right
  return operator === '>' ? left > right : left >= right
}

function contains(whole: JsonValue, part: JsonValue): boolean {
  if (typeof whole === 'string') return typeof part === 'string' && whole.includes(part)
  return Array.isArray(whole) && whole.some((item) => pythonEquals(item, part))
}
