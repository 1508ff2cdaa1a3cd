import type { ExperimentLoader, JsonObject } from '@squall/contract'
import type { GlobalControls } from '../controls/global-controls.ts'

export interface LoadOptions {
  /** Used for http(s) sources. */
  readonly fetch: typeof fetch
  /** Relative paths start here. */
  readonly workingDirectory: string
  /** `auths` of the settings: host and port to `{type, value}` of an Authorization header. */
  readonly auths?: JsonObject
  /** Sent as `Authorization: bearer ...`; wins over `auths`. */
  readonly bearerToken?: string
  /** What reads files that are neither JSON nor YAML, by their extension: `DriverRegistry.loader`. Default: nothing. */
  readonly loaderOf?: (extension: string) => Promise<ExperimentLoader | undefined>
  /** Controls that act around the loading. */
  readonly controls?: GlobalControls
}
