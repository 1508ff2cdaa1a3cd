import type { HookCall, JsonObject, JsonValue, LiveDocument, SetupCall } from '@squall/contract'
import type { DocumentName, RunMirror } from './run-mirror.ts'

/** How a parameter gets its value: from a document the worker has, or as it is. */
type Source =
  | {
      readonly document: DocumentName
      readonly path?: readonly (string | number)[]
      readonly extensions?: true
    }
  | { readonly value: JsonValue }

/** What goes to the worker with a hook. */
export interface Given {
  readonly give: Readonly<Record<string, Source>>
  readonly documents: Readonly<Record<string, JsonValue>>
}

const names: readonly DocumentName[] = ['experiment', 'configuration', 'secrets', 'settings']

/** The documents of one call of a hook: each goes only to a function that declares it, and whole only once. */
export class HookDocuments {
  readonly #mirror: RunMirror
  readonly #call: HookCall | SetupCall

  constructor(mirror: RunMirror, call: HookCall | SetupCall) {
    this.#mirror = mirror
    this.#call = call
  }

  forSetup(declared: readonly string[]): Given {
    return this.#given(declared.map((name) => [name, this.#sourceOf(name)]))
  }

  forHook(declared: readonly string[], call: HookCall): Given {
    const context = this.#contextSource(
      call,
      declared.includes('experiment') || declared.includes('extensions'),
    )
    const state: Source = { value: call.state?.value ?? null }
    return this.#given([
      ['context', context],
      ...declared.map((name): [string, Source | undefined] => [
        name,
        name === 'state' ? state : this.#sourceOf(name),
      ]),
    ])
  }

  named(name: string): LiveDocument | undefined {
    if (name === 'context' || name === 'state') return (this.#call as HookCall)[name]
    return (this.#call[name as DocumentName] as LiveDocument<JsonObject> | null | undefined) ?? undefined
  }

  follow(name: string, document: LiveDocument, change: () => void): void {
    if (name === 'context' || name === 'state') change()
    else this.#mirror.follow(name as DocumentName, document, change)
  }

  #sourceOf(name: string): Source | undefined {
    if (name === 'event_registry') return { value: null }
    if (name === 'extensions')
      return this.named('experiment') ? { document: 'experiment', extensions: true } : { value: null }
    if (name === 'state') return { value: null }
    return this.named(name) ? { document: name as DocumentName } : { value: null }
  }

  /** What a hook is called around is part of the experiment, where the worker has that. */
  #contextSource({ context, experiment }: HookCall, isWanted: boolean): Source {
    const isShared =
      experiment && (isWanted || this.#mirror.knows('experiment') || context.value === experiment.value)
    const path = isShared ? this.#mirror.pathOf(context.value, experiment.value) : undefined
    return path ? { document: 'experiment', path } : { value: context.value }
  }

  #given(sources: readonly (readonly [string, Source | undefined])[]): Given {
    const give = Object.fromEntries(sources.filter(([, source]) => source !== undefined)) as Given['give']
    const used = new Set(
      Object.values(give).flatMap((source) => ('document' in source ? [source.document] : [])),
    )
    const documents: Record<string, JsonValue> = {}
    for (const name of names) {
      const document = used.has(name) ? this.named(name) : undefined
      const value = document && this.#mirror.toSend(name, document)
      if (value !== undefined) documents[name] = value
    }
    return { give, documents }
  }
}
