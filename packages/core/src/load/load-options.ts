import type { JsonObject } from '@squall/contract'
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
  /** Controls that act around the loading. */
  readonly controls?: GlobalControls
}
