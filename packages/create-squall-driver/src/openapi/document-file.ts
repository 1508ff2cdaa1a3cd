import { readFileSync } from 'node:fs'
import { SquallError } from '@squall/contract'
import { isMap, isScalar, isSeq, LineCounter, type Node, parseDocument, type YAMLError } from 'yaml'

/** One file of an OpenAPI document, as JSON or YAML. */
export interface DocumentFile {
  /** As it is shown to people. */
  readonly name: string
  /** Absolute. */
  readonly path: string
  readonly value: unknown
  /** `file:line:column` of what lies at these keys, or of the nearest place above it. */
  place(keys: readonly string[]): string
}

/** Reads a file. Throws `SQUALL_OPENAPI_UNREADABLE` when there is none and `SQUALL_OPENAPI_SYNTAX` with the place. */
export function readDocumentFile(path: string, name: string): DocumentFile {
  const text = textOf(path, name)
  // The quick way; places are looked up only when there is something to say about them.
  const quick = quickValue(text)
  if (quick) return { name, path, value: quick.value, place: (keys) => placeIn(text, name, keys) }
  const lines = new LineCounter()
  const parsed = parsedYaml(text, lines)
  const [error] = parsed.errors
  if (error) throw syntaxError(error, name, lines)
  return { name, path, value: plainOf(parsed, name), place: (keys) => placeIn(text, name, keys) }
}

function textOf(path: string, name: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException
    const reasons: Record<string, string> = { ENOENT: 'there is no such file', EISDIR: 'it is a folder' }
    const reason = reasons[code ?? ''] ?? (cause as Error).message
    throw new SquallError('SQUALL_OPENAPI_UNREADABLE', { file: name, reason }, { cause })
  }
}

function quickValue(text: string): { value: unknown } | undefined {
  if (!/^\s*\{/.test(text)) return undefined
  try {
    return { value: JSON.parse(text) }
  } catch {
    // Whoever reads YAML says where it is wrong.
    return undefined
  }
}

function parsedYaml(text: string, lineCounter: LineCounter): ReturnType<typeof parseDocument> {
  return parseDocument(text, { lineCounter, merge: true, prettyErrors: false })
}

function plainOf(parsed: ReturnType<typeof parseDocument>, name: string): unknown {
  try {
    return parsed.toJS() as unknown
  } catch (cause) {
    // An alias of nothing, or aliases that multiply without end.
    throw new SquallError('SQUALL_OPENAPI_SYNTAX', { at: name, reason: (cause as Error).message }, { cause })
  }
}

function syntaxError(error: YAMLError, name: string, lines: LineCounter): SquallError {
  const { line, col } = lines.linePos(error.pos[0])
  const reason = error.message.replace(/\.$/, '')
  return new SquallError('SQUALL_OPENAPI_SYNTAX', { at: `${name}:${line}:${col}`, reason }, { cause: error })
}

function placeIn(text: string, name: string, keys: readonly string[]): string {
  const lines = new LineCounter()
  const { contents } = parsedYaml(text, lines)
  const { line, col } = lines.linePos(startOf(contents as Node | null, keys))
  return `${name}:${line}:${col}`
}

function startOf(root: Node | null, keys: readonly string[]): number {
  let node: unknown = root
  let start = root?.range?.[0] ?? 0
  for (const key of keys) {
    if (isMap(node)) {
      const pair = node.items.find((each) => isScalar(each.key) && String(each.key.value) === key)
      if (!pair) return start
      start = (pair.key as Node).range?.[0] ?? start
      node = pair.value
    } else if (isSeq(node)) {
      node = node.items[Number(key)]
      if (!node) return start
      start = (node as Node).range?.[0] ?? start
    } else return start
  }
  return start
}
