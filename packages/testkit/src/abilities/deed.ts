import type { JsonObject, JsonValue } from '@squall/contract'

/** One call of what a driver offers besides activities. JSON, so that another process can be told. */
export type Deed = ControlDeed | ResolveDeed | NotifyDeed | DiscoverDeed

/** Which control is meant: one by its name, or those of a provider type. */
export type ControlAddress = { readonly control: string } | { readonly type: string }

/** Let a control act in a whole run. */
export interface ControlDeed {
  readonly type: 'control'
  readonly address: ControlAddress
  /** The arguments of a named control; of a provider type every field but `type`. */
  readonly input: JsonObject
  readonly directory: string
  readonly experiment: JsonObject
  readonly configuration: JsonObject
  readonly secrets: JsonObject
  /** What its own probes find. */
  readonly probe: ProbeFinding
  /** Whether it is declared in settings: then it acts around the loading too. */
  readonly isGlobal: boolean
  /** Whether what is between the hooks is cut short, so that those after it get null. */
  readonly isCutShort: boolean
}

/** What a probe that a control runs finds; `never` does not answer. */
export type ProbeFinding =
  | { readonly output: JsonValue; readonly met: boolean; readonly reason: string }
  | 'never'

/** Read a secret. */
export interface ResolveDeed {
  readonly type: 'resolve'
  readonly resolver: string
  readonly declaration: JsonObject
  readonly configuration: JsonObject
  readonly environment: Readonly<Record<string, string>>
  readonly directory: string
}

/** Tell a channel of something. */
export interface NotifyDeed {
  readonly type: 'notify'
  readonly notifier: string
  readonly channel: JsonObject
  readonly event: JsonObject
  readonly directory: string
}

/** Look into a package of another ecosystem, or list them. */
export interface DiscoverDeed {
  readonly type: 'discover'
  /** Null lists what is installed. */
  readonly target: string | null
  readonly directory: string
}
