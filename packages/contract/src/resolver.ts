import type { JsonObject, JsonValue } from './json.ts'
import type { Log } from './log.ts'
import type { Clock } from './world.ts'

/** A source of secrets (`{"type": "vault", ...}`), and under the key `from` of configuration. */
export interface Resolver {
  readonly summary: string
  /**
   * Reads one value. Rejecting makes the experiment unrunnable; for what is merely not there, warn and resolve to an empty
   * object, as the reference does.
   */
  resolve(declaration: JsonObject, context: ResolverContext): Promise<JsonValue>
}

export interface ResolverContext {
  /** As resolved so far; secrets are never in it. */
  readonly configuration: Readonly<Record<string, JsonValue>>
  readonly environment: Readonly<Record<string, string | undefined>>
  readonly directory: string
  readonly signal: AbortSignal
  readonly log: Log
  readonly clock: Clock
  /** This driver's own options, from settings `drivers.options.NAME` and the command line. */
  readonly options: JsonObject
}
