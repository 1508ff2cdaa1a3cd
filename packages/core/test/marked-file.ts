import type { JsonValue } from '@squall/contract'
import { type Problem, type ValidateOptions, type Validation, validateExperiment } from '../src/index.ts'
import { parseText } from '../src/load/parse-text.ts'
import { toyDriver } from './toy-driver.ts'

/** Stands in a text where a problem is expected, and is taken out before the text is read. */
const mark = '▸'

export interface MarkedFile {
  readonly text: string
  /** `file.yaml:LINE:COLUMN` of each mark, in order. */
  readonly places: readonly string[]
}

export function markedYaml(marked: string): MarkedFile {
  const places: string[] = []
  const lines = marked.split('\n').map((line, index) => {
    const column = line.indexOf(mark)
    if (column !== -1) places.push(`file.yaml:${index + 1}:${column + 1}`)
    return line.replace(mark, '')
  })
  return { text: lines.join('\n'), places }
}

/** The same document as JSON. */
export async function jsonOf(yaml: string): Promise<string> {
  return JSON.stringify(await parseText(yaml, 'yaml', 'file.yaml'), null, 2)
}

export async function validate(
  text: string,
  format: 'json' | 'yaml',
  options: Partial<ValidateOptions> = {},
): Promise<Validation> {
  const source = `file.${format}`
  const raw = await parseText(text, format, source)
  return validateExperiment(
    { source, raw, text, format, directory: '.' },
    { drivers: [toyDriver().driver], environment: {}, ...options },
  )
}

/** What stands in a JSON text at the place of a problem, to the end of the line. */
export function textAt(text: string, { at = '' }: Problem): string {
  const [, line = '', column = ''] = /^file\.json:(\d+):(\d+)$/.exec(at) ?? []
  return (text.split('\n')[Number(line) - 1] ?? '').slice(Number(column) - 1)
}

/** What must stand there: the key of the value, or the value itself where it is an entry of a list. */
export function expectedAt(document: JsonValue, path: readonly (string | number)[]): RegExp {
  let value: unknown = document
  let last: string | number | undefined
  for (const key of path) {
    const next = (value as Record<string, unknown> | null)?.[key]
    if (next === undefined && !(typeof value === 'object' && value !== null && key in value)) break
    value = next
    last = key
  }
  if (typeof last === 'string') return new RegExp(`^${JSON.stringify(last)}:`)
  return typeof value === 'object' && value !== null ? /^[[{]/ : new RegExp(`^${JSON.stringify(value)}`)
}
