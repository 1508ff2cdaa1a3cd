/** Where an argument goes in a request, and how it is written there. */
export interface Parameter {
  readonly argument: string
  readonly name: string
  readonly in: 'path' | 'query' | 'header' | 'cookie'
  /** Default: `form` in queries and cookies, `simple` elsewhere. */
  readonly style?: string
  /** Default: true for `form`. */
  readonly explode?: boolean
  /** It is written as JSON. */
  readonly json?: true
}

/** An operation of the API. */
export interface Operation {
  readonly method: string
  readonly path: string
  /** The key of the configuration that says where the service is. */
  readonly server: string
  readonly parameters: readonly Parameter[]
  /** The media type of the argument `body`. */
  readonly body?: string
  /** Alternatives; each names the schemes that are used together. */
  readonly security?: readonly (readonly string[])[]
}
