import { type Clock, isSquallError, type JsonObject, type Log, SquallError } from '@squall/contract'
import type { DriverRegistry } from '../drivers/registry.ts'
import { reasonOf } from '../run/exception-lines.ts'
import { asJson } from '../run/json-result.ts'
import { orAbandon } from '../run/or-abandon.ts'
import { configurationReferences, type Declared, secretReferences } from './find-references.ts'
import { type Environment, loadConfiguration, type Overrides } from './load-configuration.ts'
import { type Reference, type ReferenceAnswer, References } from './references.ts'

export interface ReferenceSources {
  readonly declared: Declared
  readonly environment: Environment
  readonly overrides?: Overrides | undefined
  readonly registry: DriverRegistry
  readonly directory: string
  readonly signal: AbortSignal
  readonly clock: Clock
  readonly listener: ReferenceListener
}

/** Is told what does not end the run. */
export interface ReferenceListener {
  /** What a resolver says while it reads. */
  log(reference: Reference): Log
  /** Nobody can read a secret: it is `{}`, as with the reference when its Vault client is not installed (spec 3.4). */
  unread(reference: Reference, error: SquallError): void
}

type Answered = readonly [Reference, ReferenceAnswer]

/**
 * Reads what resolvers have to read: entries of configuration with `from` first, then secrets, each side by side. Never
 * rejects; whoever loads a value finds what went wrong in its place.
 */
export async function resolveReferences(sources: ReferenceSources): Promise<References> {
  const { declared, overrides, registry } = sources
  const isSource = (name: string): boolean => registry.isResolver(name)
  const ofConfiguration = configurationReferences(declared, overrides, isSource)
  const ofSecrets = secretReferences(declared, overrides, isSource)
  if (ofConfiguration.length + ofSecrets.length === 0) return References.none
  const first = await readAll(ofConfiguration, References.none, sources)
  const second = await readAll(ofSecrets, new References(first), sources)
  return new References([...first, ...second])
}

async function readAll(
  references: readonly Reference[],
  known: References,
  sources: ReferenceSources,
): Promise<Answered[]> {
  if (references.length === 0) return []
  const { declared, environment, overrides } = sources
  const broken: SquallError[] = []
  const loaded = loadConfiguration(
    withoutUnread(declared.configuration, references),
    environment,
    overrides?.configuration,
    (_path, error) => broken.push(error),
    known,
  )
  return Promise.all(
    references.map(async (reference): Promise<Answered> => {
      // With part of its configuration missing, a resolver would ask the wrong server, or as somebody else.
      const [error] = broken
      if (error) return [reference, { error: unreadable(reference, error) }]
      return [reference, await read(reference, loaded, sources)]
    }),
  )
}

/** Entries of configuration that are being read are not there for each other. */
function withoutUnread(configuration: JsonObject, references: readonly Reference[]): JsonObject {
  const unread = new Set(references.map(({ path: [section, name] }) => section === 'configuration' && name))
  return Object.fromEntries(Object.entries(configuration).filter(([name]) => !unread.has(name)))
}

async function read(
  reference: Reference,
  configuration: JsonObject,
  sources: ReferenceSources,
): Promise<ReferenceAnswer> {
  const { registry, environment, directory, signal, clock, listener } = sources
  try {
    const { resolver, from } = await registry.resolver(reference.source)
    const log = listener.log(reference)
    const options = registry.optionsOf(from)
    const context = { configuration, environment, directory, signal, log, clock, options }
    const work = resolver.resolve(structuredClone(reference.declaration), context)
    const answer = asJson(await orAbandon(work, signal, clock))
    if ('json' in answer) return { value: answer.json }
    throw new TypeError(`${from.name} answered with ${answer.wrong}, which is not JSON`)
  } catch (error) {
    const isSecret = reference.path[0] === 'secrets'
    if (!isSecret || !isSquallError(error) || error.code !== 'SQUALL_DRIVER_MISSING')
      return { error: unreadable(reference, error) }
    listener.unread(reference, error)
    return { value: {} }
  }
}

function unreadable({ path, source }: Reference, cause: unknown): SquallError {
  const name = (path[0] === 'secrets' ? path.slice(1) : path).join('.')
  const options = isSquallError(cause) ? { cause, hint: cause.hint } : { cause }
  return new SquallError('SQUALL_SECRET_UNREADABLE', { name, source, reason: reasonOf(cause) }, options)
}
