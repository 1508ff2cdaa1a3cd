import type { DriverManifest, JsonSchema } from '@squall/contract'
import { experimentShape } from './experiment-shape.ts'
import { fieldProviders } from './field-providers.ts'
import { atHome, when, withVariables } from './schema-parts.ts'

/** A JSON Schema of experiments: the format with squall's own keys, and the providers that these drivers offer. */
export function experimentSchema(manifests: readonly DriverManifest[]): JsonSchema {
  const offers = manifests.flatMap(offersOf)
  const definitions = Object.fromEntries(offers.map(({ name, schema }) => [name, schema]))
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    title: 'An experiment',
    ...experimentShape,
    $defs: {
      ...(experimentShape['$defs'] as JsonSchema),
      provider: providerSchema(manifests),
      ...definitions,
    },
  }
}

/** Something an activity's `provider` can be: its schema, and how it is known by. */
interface Offer {
  readonly name: string
  readonly known: Readonly<Record<string, string>>
  readonly schema: JsonSchema
}

function offersOf(manifest: DriverManifest): readonly Offer[] {
  const activities = Object.entries(manifest.activities).map(([func, { summary, args }]) => {
    const name = `${manifest.name}.${func}`
    return { name, known: { type: manifest.name, func }, schema: activitySchema(name, summary, args) }
  })
  const raw = fieldProviders(manifest).map(([type, { schema }]) => {
    return { name: type, known: { type }, schema: atHome(schema, type) }
  })
  return [...activities, ...raw]
}

function activitySchema(name: string, summary: string, args: JsonSchema): JsonSchema {
  const needed = (args.required ?? []).length > 0
  return {
    description: summary,
    ...(needed ? { required: ['arguments'] } : {}),
    properties: { arguments: withVariables(atHome(args, `${name}/properties/arguments/anyOf/0`)) },
  }
}

function providerSchema(manifests: readonly DriverManifest[]): JsonSchema {
  const types = manifests.flatMap(({ providers }) => Object.keys(providers))
  // A name of another ecosystem is served also when what serves the rest of that ecosystem is not installed.
  const standIns = manifests.flatMap(({ aliases }) => aliases.map(({ provider }) => provider))
  const offers = manifests.flatMap(offersOf)
  const withFunctions = manifests.filter(({ activities }) => Object.keys(activities).length > 0)
  return {
    type: 'object',
    required: ['type'],
    properties: {
      type: { enum: [...new Set([...types, ...standIns])], description: 'What carries the activity out.' },
      secrets: { type: 'array', items: { type: 'string' }, description: 'Groups of `secrets` that it gets.' },
    },
    allOf: [
      ...withFunctions.map(functionsOf),
      ...offers.map(({ name, known }) => when(known, { $ref: `#/$defs/${name}` })),
    ],
  }
}

function functionsOf({ name, activities }: DriverManifest): JsonSchema {
  const func = { enum: Object.keys(activities), description: `What the driver ${name} offers.` }
  return when({ type: name }, { required: ['func'], properties: { func } })
}
