import type { DriverManifest, JsonSchema, ManifestActivity } from '@squall/contract'
import { fieldProviders } from './field-providers.ts'
import { typeText } from './type-text.ts'

/** The table of a driver's activities in Markdown, for its README; then its controls, where it has some. */
export function activityTable(manifest: DriverManifest): string {
  const activities = Object.entries(manifest.activities).map(([name, activity]) => row(name, activity))
  const controls = Object.entries(manifest.controls ?? {}).map(([name, summary]) => [`\`${name}\``, summary])
  const tables = [
    activities.length === 0
      ? ''
      : markdown(['activity', 'kind', 'what it does', 'arguments', 'undo'], activities),
    controls.length === 0 ? '' : markdown(['control', 'what it does'], controls),
    ...fieldTables(manifest),
  ]
  return tables.filter((table) => table !== '').join('\n')
}

function row(name: string, activity: ManifestActivity): readonly string[] {
  const { kind, summary, args, undoneBy, changes } = activity
  const undo = changes ? (undoneBy ?? []).map((func) => `\`${func}\``).join(', ') || 'none' : ''
  return [`\`${name}\``, kind, summary, fieldsText(args), undo]
}

function fieldTables(manifest: DriverManifest): readonly string[] {
  return fieldProviders(manifest).map(([, { schema }]) => {
    const fields = Object.entries(schema.properties ?? {}).filter(([key]) => key !== 'type')
    const rows = fields.map(([key, field]) => [`\`${key}\``, field.description ?? ''])
    return rows.length === 0 ? '' : markdown(['field', 'what it is'], rows)
  })
}

/** `port` number, `host` text (default "localhost"), ... What has to be given comes first. */
function fieldsText({ properties, required }: JsonSchema): string {
  const needed = required ?? []
  const fields = Object.entries(properties ?? {})
  const sorted = [...fields].sort(([a], [b]) => Number(needed.includes(b)) - Number(needed.includes(a)))
  const texts = sorted.map(([name, schema]) => {
    const usual = schema.default
    const note = needed.includes(name)
      ? ''
      : usual === undefined
        ? ' (optional)'
        : ` (${JSON.stringify(usual)})`
    return `\`${name}\` ${typeText(schema)}${note}`
  })
  return texts.join(', ') || 'none'
}

function markdown(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const lines = [head, head.map(() => '---'), ...rows]
  return lines.map((cells) => `| ${cells.map(cell).join(' | ')} |\n`).join('')
}

function cell(text: string): string {
  return text.replaceAll('|', '\\|').replaceAll('\n', ' ')
}
