import type { DriverManifest, JsonSchema, ManifestActivity } from '@squall/contract'
import { fieldProviders } from './field-providers.ts'
import { typeText } from './type-text.ts'

const head = [
  '// Written by `squall types`: what the installed drivers offer. Run it again when you install another one.',
  'export {}',
  '',
  '/** `${name}` of a configuration value. */',
  'type SquallVariable = `${string}\\${${string}`',
  '',
  'declare global {',
  '  interface SquallProviders {',
]

/** A .d.ts file with which \`defineExperiment\` accepts what these drivers offer, and nothing else. */
export function typeDeclarations(manifests: readonly DriverManifest[]): string {
  const members = manifests.flatMap((manifest) => [...activityMembers(manifest), ...rawMembers(manifest)])
  return [...head, ...members.map((line) => `    ${line}`), '  }', '}', ''].join('\n')
}

function activityMembers({ name, activities }: DriverManifest): readonly string[] {
  return Object.entries(activities).flatMap(([func, activity]) => {
    const fields = `type: '${name}'; func: '${func}'; ${argumentsField(activity)}; secrets?: string[]`
    return [`/** ${activity.summary} */`, `'${name}.${func}': { ${fields} }`]
  })
}

function argumentsField({ args }: ManifestActivity): string {
  const needed = (args.required ?? []).length > 0
  return `arguments${needed ? '' : '?'}: ${typeText(args)}`
}

function rawMembers(manifest: DriverManifest): readonly string[] {
  return fieldProviders(manifest).flatMap(([type, { summary, schema }]) => [
    `/** ${summary} */`,
    `'${type}': ${typeText(withType(schema, type))}`,
  ])
}

/** The type is what tells one provider from another, so it has to be there and to be one text. */
function withType(schema: JsonSchema, type: string): JsonSchema {
  const properties = { ...schema.properties, type: { const: type } }
  return { ...schema, properties, required: [...new Set(['type', ...(schema.required ?? [])])] }
}
