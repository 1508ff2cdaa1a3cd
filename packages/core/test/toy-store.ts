import {
  type Driver,
  defineDriver,
  type JsonObject,
  type JsonValue,
  type ResolverContext,
} from '@squall/contract'

export interface ToyStore {
  readonly driver: Driver
  /** What it was asked, and with which configuration. */
  readonly asked: { readonly declaration: JsonObject; readonly configuration: JsonObject }[]
}

/** A driver whose resolver `store` answers from `contents`, by `path`. */
export function toyStore(contents: Record<string, unknown>): ToyStore {
  const asked: ToyStore['asked'] = []
  const resolve = async (declaration: JsonObject, context: ResolverContext): Promise<JsonValue> => {
    asked.push({ declaration, configuration: { ...context.configuration } })
    const path = String(declaration['path'])
    if (path === 'forbidden') throw new Error(`the key '${context.configuration['key']}' does not fit.`)
    if (path === 'never') return new Promise(() => undefined)
    if (Object.hasOwn(contents, path)) return contents[path] as JsonValue
    context.log.warn(`There is nothing at '${path}'.`)
    return {}
  }
  const driver = defineDriver({
    name: 'toystore',
    contract: 1,
    summary: 'For tests.',
    resolvers: { store: { summary: 'A toy.', resolve } },
  })
  return { driver, asked }
}
