import { type JsonValue, parseJson as parseJsonText, plainValue, SquallError } from '@squall/contract'
import { shapeProblem } from './document-shape.ts'
import { lineAndColumn } from './line-and-column.ts'
import { settleNumbers } from './settle-numbers.ts'

/** Parses JSON or YAML. Rejects with `SQUALL_SOURCE_SYNTAX`, which names the place as `source:line:column`. */
export async function parseText(text: string, format: 'json' | 'yaml', source: string): Promise<JsonValue> {
  return format === 'json' ? parseJson(text, source) : parseYaml(text, source)
}

async function parseJson(text: string, source: string): Promise<JsonValue> {
  try {
    return usable(plainValue(parseJsonText(text)), text, source)
  } catch (cause) {
    if (!(cause instanceof SyntaxError)) throw cause
    const { describeJsonError } = await import('./json-syntax-error.ts')
    throw new SquallError('SQUALL_SOURCE_SYNTAX', describeJsonError(text, source), { cause })
  }
}

/** A document that can be worked with. An anchor may contain itself, or multiply a small file beyond measure. */
function usable(document: JsonValue, text: string, source: string): JsonValue {
  const reason = shapeProblem(document, text.length + 1_000_000)
  if (reason === undefined) return document
  throw new SquallError('SQUALL_SOURCE_SYNTAX', { at: source, reason })
}

async function parseYaml(text: string, source: string): Promise<JsonValue> {
  const [{ load, YAMLException }, { pyYamlSchema }] = await Promise.all([
    import('js-yaml'),
    import('./yaml-schema.ts'),
  ])
  try {
    const document = load(text, { schema: pyYamlSchema, json: true }) as JsonValue | undefined
    // An empty file reads as null, as in the reference.
    return usable(settleNumbers(document ?? null), text, source)
  } catch (cause) {
    if (cause instanceof SyntaxError) {
      const at = yamlPlace(text, source, { position: Math.max(0, text.indexOf('{{')) })
      throw new SquallError('SQUALL_SOURCE_SYNTAX', { at, reason: cause.message }, { cause })
    }
    if (!(cause instanceof YAMLException)) throw cause
    const at = yamlPlace(text, source, cause.mark as { position: number } | undefined)
    throw new SquallError('SQUALL_SOURCE_SYNTAX', { at, reason: yamlReason(cause.reason) }, { cause })
  }
}

/** The parser adds a newline to a file that has none at its end, and may find its fault behind that. */
function yamlPlace(text: string, source: string, mark: { position: number } | undefined): string {
  if (!mark) return source
  const { line, column } = lineAndColumn(text, Math.min(mark.position, text.length))
  return `${source}:${line}:${column}`
}

function yamlReason(reason: string): string {
  if (reason.includes('expected a single document'))
    return 'the file holds several YAML documents, an experiment is one'
  return `this is not YAML: ${reason.replace(/\s+/g, ' ')}`
}
