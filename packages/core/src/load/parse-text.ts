import { type JsonValue, SquallError } from '@squall/contract'
import type { SourceFormat } from './source-text.ts'

/** Parses JSON or YAML. Rejects with `SQUALL_SOURCE_SYNTAX`, which names the place as `source:line:column`. */
export async function parseText(text: string, format: SourceFormat, source: string): Promise<JsonValue> {
  return format === 'json' ? parseJson(text, source) : parseYaml(text, source)
}

async function parseJson(text: string, source: string): Promise<JsonValue> {
  try {
    return JSON.parse(text.replace(/^\uFEFF/, '')) as JsonValue
  } catch (cause) {
    const { describeJsonError } = await import('./json-syntax-error.ts')
    throw new SquallError('SQUALL_SOURCE_SYNTAX', describeJsonError(text, source), { cause })
  }
}

async function parseYaml(text: string, source: string): Promise<JsonValue> {
  const [{ load, YAMLException }, { pyYamlSchema }] = await Promise.all([
    import('js-yaml'),
    import('./yaml-schema.ts'),
  ])
  try {
    return load(text, { schema: pyYamlSchema, json: true }) as JsonValue
  } catch (cause) {
    if (!(cause instanceof YAMLException)) throw cause
    const mark = cause.mark as { line: number; column: number } | undefined
    const at = mark ? `${source}:${mark.line + 1}:${mark.column + 1}` : source
    throw new SquallError('SQUALL_SOURCE_SYNTAX', { at, reason: yamlReason(cause.reason) }, { cause })
  }
}

function yamlReason(reason: string): string {
  if (reason.includes('expected a single document'))
    return 'the file holds several YAML documents, an experiment is one'
  return `this is not YAML: ${reason.replace(/\s+/g, ' ')}`
}
