import type { DocumentNode } from './document-node.ts'

/** Where a parameter goes. */
export type Place = 'path' | 'query' | 'header' | 'cookie'

export interface Parameter {
  /** In experiments. */
  readonly argument: string
  /** In the document. */
  readonly name: string
  readonly in: Place
  readonly required: boolean
  /** Absent: the usual one of its place. */
  readonly style?: string
  /** Absent: the usual one of its style. */
  readonly explode?: boolean
  /** It is written as JSON. */
  readonly json?: true
  readonly schema: DocumentNode | undefined
  readonly description: string | undefined
  readonly node: DocumentNode
}

export interface RequestBody {
  readonly argument: string
  readonly required: boolean
  readonly mediaType: string
  readonly schema: DocumentNode | undefined
  readonly description: string | undefined
  readonly media: DocumentNode
}

export interface Answer {
  /** `200`, `2XX` or `default`. */
  readonly status: string
  /** Of a body in JSON; absent for one that is read as text, and for none. */
  readonly schema?: DocumentNode
  readonly media?: DocumentNode
  readonly mediaType?: string
}

/** One operation of a document, as it becomes an activity. */
export interface Operation {
  readonly activity: string
  /** Of its activity, in TypeScript. */
  readonly constant: string
  readonly kind: 'probe' | 'action'
  /** In capitals. */
  readonly method: string
  readonly path: string
  readonly summary: string
  readonly parameters: readonly Parameter[]
  readonly body?: RequestBody
  readonly answers: readonly Answer[]
  /** Alternatives; each names the schemes that have to be there together. */
  readonly security: readonly (readonly string[])[]
  /** The key of the configuration that says where the service is. */
  readonly server: string
  /** The activity that removes what this one makes, going by the paths. */
  readonly removedBy?: string
}

export type Scheme =
  | { readonly type: 'bearer'; readonly secrets: readonly [string] }
  | { readonly type: 'basic'; readonly secrets: readonly [string, string] }
  | {
      readonly type: 'apiKey'
      readonly in: string
      readonly name: string
      readonly secrets: readonly [string]
    }

export interface Server {
  /** In the configuration of an experiment. */
  readonly key: string
  /** Absent: the document names none that can be called from outside. */
  readonly url?: string
}

/** What a driver is made of. */
export interface Api {
  readonly title: string
  readonly version: string
  readonly operations: readonly Operation[]
  readonly schemes: Readonly<Record<string, Scheme>>
  readonly servers: readonly Server[]
  /** What was left out or could not be kept, for the person who asked. */
  readonly notices: readonly string[]
}
