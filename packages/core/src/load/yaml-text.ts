import type { JsonValue } from '@squall/contract'

/** Writes a value as YAML that YAML 1.1 and 1.2 readers alike take for the same value. */
export async function yamlText(value: JsonValue): Promise<string> {
  const [{ dump }, { writingSchema }] = await Promise.all([import('js-yaml'), import('./yaml-schema.ts')])
  return dump(value, { schema: writingSchema, lineWidth: 100, noRefs: true })
}
