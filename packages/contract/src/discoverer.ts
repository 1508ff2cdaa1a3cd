import type { JsonObject, JsonValue } from './json.ts'
import type { Log } from './log.ts'

/** What an installed extension offers, in the shape `chaos discover` writes (spec 23.1). */
export interface Discovery {
  chaoslib_version: string
  id: string
  target: string
  /** ISO 8601, UTC. */
  date: string
  platform: JsonObject
  extension: { name: string; version: string }
  activities: DiscoveredActivity[]
  system: JsonValue
}

export interface DiscoveredActivity {
  type: 'probe' | 'action'
  name: string
  /** Module path, or the package of a driver. */
  mod: string
  doc: string | null
  arguments: { name: string; default?: JsonValue; type?: string }[]
  return_type?: string
  [key: string]: JsonValue | undefined
}

export interface InstalledExtension {
  name: string
  version: string
  license: string
  description: string
}

export interface DiscovererContext {
  readonly directory: string
  readonly signal: AbortSignal
  readonly log: Log
  /** This driver's own options, from settings `drivers.options.NAME` and the command line. */
  readonly options: JsonObject
}

/** Looks into packages of another ecosystem, such as Python distributions. */
export interface Discoverer {
  readonly summary: string
  /** Undefined where no such package is installed here. `install` was asked for by the user in so many words. */
  discover(
    target: string,
    wish: { readonly system: boolean; readonly install: boolean },
    context: DiscovererContext,
  ): Promise<Discovery | undefined>
  /** Installed extensions, for `squall info extensions`. */
  list(context: DiscovererContext): Promise<readonly InstalledExtension[]>
}
