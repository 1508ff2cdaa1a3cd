import type { Activity, Alias, Driver, ProviderType } from './driver.ts'
import type { JsonSchema } from './json.ts'
import { SquallError } from './squall-error.ts'
import type { StandardSchema } from './standard-schema.ts'

/** What a driver's build writes down about it, so that it can be listed and checked without running its code. */
export interface DriverManifest {
  readonly contract: number
  readonly name: string
  readonly summary: string
  /** Every provider type the driver answers to. */
  readonly providers: Readonly<Record<string, ManifestProvider>>
  readonly activities: Readonly<Record<string, ManifestActivity>>
  readonly undo: Readonly<Record<string, { readonly summary: string; readonly args: JsonSchema }>>
  readonly aliases: readonly Alias[]
  /** Controls by name, with what each does. */
  readonly controls?: Readonly<Record<string, string>>
  readonly resolvers?: Readonly<Record<string, string>>
  readonly notifiers?: Readonly<Record<string, string>>
  /** Extensions of experiment files that the driver reads, with what they are. */
  readonly loaders?: Readonly<Record<string, string>>
  readonly clusters?: Readonly<Record<string, { readonly summary: string; readonly options: JsonSchema }>>
  /** What the driver's discoverer looks into. */
  readonly discoverer?: string
  /** Whether the driver can tell what was left behind. */
  readonly residue?: true
  readonly platforms?: readonly string[]
  readonly privileges?: readonly string[]
}

export interface ManifestProvider {
  readonly summary: string
  readonly schema: JsonSchema
  readonly undoSummary?: string
  /** Whether controls of this type can be declared. */
  readonly controls?: true
}

export interface ManifestActivity {
  readonly kind: 'probe' | 'action'
  readonly summary: string
  readonly args: JsonSchema
  readonly result?: JsonSchema
  /** Whether it changes anything. */
  readonly changes: boolean
  /** Undo functions it registers; absent when there is nothing to undo or no way to. */
  readonly undoneBy?: readonly string[]
  /** Whether it can be undone, where there is no undo function to name. */
  readonly undoSummary?: string
}

/** Derives the manifest of a driver. Throws `SQUALL_SCHEMA_UNREADABLE` for a schema that cannot be written as JSON Schema. */
export function manifestOf(driver: Driver): DriverManifest {
  const activities = mapValues(driver.activities ?? {}, (activity, name) =>
    manifestActivity(activity, `${driver.name}.${name}`),
  )
  return {
    contract: driver.contract,
    name: driver.name,
    summary: driver.summary,
    providers: {
      ...(driver.activities ? { [driver.name]: functionProvider(driver) } : {}),
      ...mapValues(driver.providers ?? {}, manifestProvider),
    },
    activities,
    undo: mapValues(driver.undo ?? {}, (undo, name) => ({
      summary: undo.summary,
      args: jsonSchemaOf(undo.args, 'input', `${driver.name}.${name}`),
    })),
    aliases: driver.aliases ?? [],
    ...summaries(driver, 'controls'),
    ...summaries(driver, 'resolvers'),
    ...summaries(driver, 'notifiers'),
    ...summaries(driver, 'loaders'),
    ...(driver.clusters
      ? {
          clusters: mapValues(driver.clusters, ({ summary, options }, name) => ({
            summary,
            options: jsonSchemaOf(options, 'input', `${driver.name}.${name}`),
          })),
        }
      : {}),
    ...(driver.discoverer ? { discoverer: driver.discoverer.summary } : {}),
    ...(driver.residue ? { residue: true as const } : {}),
    ...(driver.platforms ? { platforms: driver.platforms } : {}),
    ...(driver.privileges ? { privileges: driver.privileges } : {}),
  }
}

function summaries<Key extends 'controls' | 'resolvers' | 'notifiers' | 'loaders'>(
  driver: Driver,
  key: Key,
): { [K in Key]?: Record<string, string> } {
  const parts: Readonly<Record<string, { readonly summary: string }>> | undefined = driver[key]
  return parts
    ? ({ [key]: mapValues(parts, ({ summary }) => summary) } as { [K in Key]?: Record<string, string> })
    : {}
}

function manifestActivity(activity: Activity, at: string): ManifestActivity {
  return {
    kind: activity.kind,
    summary: activity.summary,
    args: jsonSchemaOf(activity.args, 'input', at),
    ...(activity.result ? { result: jsonSchemaOf(activity.result, 'output', at) } : {}),
    changes: activity.kind === 'action',
    ...(activity.kind === 'action' && activity.undoneBy ? { undoneBy: activity.undoneBy } : {}),
    ...(activity.kind === 'action' && activity.undoSummary ? { undoSummary: activity.undoSummary } : {}),
  }
}

function manifestProvider(provider: ProviderType): ManifestProvider {
  return {
    summary: provider.summary,
    schema: provider.schema,
    ...(provider.undoSummary ? { undoSummary: provider.undoSummary } : {}),
    ...(provider.controls ? { controls: true as const } : {}),
  }
}

function functionProvider(driver: Driver): ManifestProvider {
  return {
    summary: driver.summary,
    schema: {
      type: 'object',
      required: ['type', 'func'],
      properties: {
        type: { const: driver.name },
        func: { enum: Object.keys(driver.activities ?? {}) },
        arguments: { type: 'object' },
      },
    },
  }
}

function jsonSchemaOf(schema: StandardSchema, side: 'input' | 'output', at: string): JsonSchema {
  const writer = schema['~standard'].jsonSchema
  if (!writer) throw new SquallError('SQUALL_SCHEMA_UNREADABLE', { at, vendor: schema['~standard'].vendor })
  const { $schema: _dialect, ...rest } = writer[side]({ target: 'draft-2020-12' })
  return rest as JsonSchema
}

function mapValues<In, Out>(
  record: Readonly<Record<string, In>>,
  map: (value: In, key: string) => Out,
): Record<string, Out> {
  return Object.fromEntries(Object.entries(record).map(([key, value]) => [key, map(value, key)]))
}
