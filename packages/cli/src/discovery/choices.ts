import {
  type DiscoveredActivity,
  type Discovery,
  isObject,
  type JsonObject,
  type JsonSchema,
} from '@squall/contract'
import type { DriverRegistry } from '@squall/core'
import { type Field, fieldsOfArguments, fieldsOfSchema } from './fields.ts'

/** Something that can stand in an experiment as an activity. */
export interface Choice {
  /** A provider type such as `http` serves for both. */
  readonly kind: 'probe' | 'action' | 'either'
  /** Such as `ports.pause`. */
  readonly label: string
  readonly summary: string
  /** The provider object, without what `fields` give. */
  readonly provider: JsonObject
  readonly fields: readonly Field[]
  /** Whether the fields stand in `provider.arguments` or in the provider itself. */
  readonly place: 'arguments' | 'provider'
}

/** What the discovery file lists and what the installed drivers offer, each once. */
export function choicesOf(registry: DriverRegistry, discovery: Discovery | undefined): Choice[] {
  const found = (discovery?.activities ?? []).map((activity) => discovered(activity))
  const all = [...found, ...installed(registry)]
  return [...new Map(all.map((choice) => [JSON.stringify([choice.kind, choice.provider]), choice])).values()]
}

function discovered(activity: DiscoveredActivity): Choice {
  const { type: kind, name, mod, doc, provider, schema } = activity
  return {
    kind,
    label: `${mod}.${name}`,
    summary: (doc ?? '').trim().split('\n')[0] ?? '',
    provider: isObject(provider) ? (provider as JsonObject) : { type: 'python', module: mod, func: name },
    fields: isObject(schema) ? fieldsOfSchema(schema as JsonSchema) : fieldsOfArguments(activity.arguments),
    place: 'arguments',
  }
}

function installed({ drivers }: DriverRegistry): Choice[] {
  return drivers.flatMap(({ manifest }) => {
    const activities = Object.entries(manifest.activities).map(([func, { kind, summary, args }]): Choice => {
      const label = `${manifest.name}.${func}`
      const provider = { type: manifest.name, func }
      return { kind, label, summary, provider, fields: fieldsOfSchema(args), place: 'arguments' }
    })
    const own = activities.length > 0 ? manifest.name : undefined
    const raw = Object.entries(manifest.providers).filter(([type]) => type !== own)
    return [...raw.map(([type, { summary, schema }]) => rawChoice(type, summary, schema)), ...activities]
  })
}

function rawChoice(type: string, summary: string, schema: JsonSchema): Choice {
  const fields = fieldsOfSchema(schema).filter(({ name }) => name !== 'type' && name !== 'secrets')
  return { kind: 'either', label: type, summary, provider: { type }, fields, place: 'provider' }
}
