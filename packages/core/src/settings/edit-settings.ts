import { type JsonValue, SquallError } from '@squall/contract'
import type { Document } from 'yaml'
import { yamlText } from '../load/yaml-text.ts'

type Path = readonly (string | number)[]
type Yaml = typeof import('yaml')

export type SettingChange =
  | { readonly path: Path; readonly value: JsonValue }
  | { readonly path: Path; readonly remove: true }

/**
 * Changes one entry in the text of a settings file; comments, order and the spelling of everything else stay. Missing
 * parents are made. Rejects with `SQUALL_SETTINGS_INVALID`; `file` is for its message.
 */
export async function editSettings(text: string, file: string, change: SettingChange): Promise<string> {
  const yaml = await import('yaml')
  const document = yaml.parseDocument(text, onlyTexts)
  try {
    if (document.errors[0]) throw document.errors[0]
    if ('value' in change) await put(change.path, change.value, document, yaml)
    else if (!document.deleteIn(change.path)) throw new TypeError('the entry comes from an anchor')
  } catch (cause) {
    const reason = `cannot be changed: ${cause instanceof Error ? cause.message : String(cause)}`
    throw new SquallError('SQUALL_SETTINGS_INVALID', { path: file, reason }, { cause })
  }
  return document.toString({ lineWidth: 0, flowCollectionPadding: false })
}

/** Numbers and dates must come out as they were spelt, not as they were understood. */
const onlyTexts = { schema: 'failsafe' } as const

async function put(path: Path, value: JsonValue, document: Document, yaml: Yaml): Promise<void> {
  const missing = path.findIndex((_, index) => !document.hasIn(path.slice(0, index + 1)))
  if (missing !== -1) return add(path.slice(0, missing), path.slice(missing), value, document, yaml)
  const node = yaml.parseDocument(await yamlText(value), onlyTexts).contents
  const before = document.getIn(path, true)
  if (yaml.isScalar(node) && yaml.isScalar(before)) node.comment = before.comment ?? null
  document.setIn(path, node)
}

async function add(
  parent: Path,
  rest: Path,
  value: JsonValue,
  document: Document,
  yaml: Yaml,
): Promise<void> {
  const nested = rest.reduceRight<JsonValue>(
    (inner, step) => (typeof step === 'number' ? [inner] : { [step]: inner }),
    value,
  )
  const node = yaml.parseDocument(await yamlText(nested), onlyTexts).contents
  const there = parent.length === 0 ? document.contents : document.getIn(parent, true)
  if (there === null && parent.length === 0) document.contents = node as typeof document.contents
  else if (yaml.isMap(there) && yaml.isMap(node)) there.items.push(...node.items)
  else if (yaml.isSeq(there) && yaml.isSeq(node)) there.items.push(...node.items)
  else throw new TypeError(`'${parent.join('.')}' holds no ${yaml.isMap(node) ? 'object' : 'list'}`)
}
