import { type Clock, isObject, type JsonObject } from '@squall/contract'
import type { Declared } from '../configuration/find-references.ts'
import type { Environment, Overrides } from '../configuration/load-configuration.ts'
import type { References } from '../configuration/references.ts'
import { resolveReferences } from '../configuration/resolve-references.ts'
import type { DriverRegistry } from '../drivers/registry.ts'
import { foldJournal } from '../journal/fold-journal.ts'
import { outputLimit } from '../journal/limit-outputs.ts'
import type { RedactLevel } from '../redact/named-secrets.ts'
import { redactorOf } from '../redact/redactor-of.ts'
import { referenceEvents } from '../run/reference-events.ts'
import type { ContinuedLog } from './continue-log.ts'
import type { RunCard } from './run-card.ts'

/** How long resolvers may take: what can be undone without them must not wait for a server that is gone. */
const readSeconds = 10

/**
 * Lets a log that is gone on with hide the secrets of its run, and cut outputs, as the runner did. Secrets are read again
 * from the environment of this process; one that is not there is missed by the undo that needs it.
 */
export function recallSecrets(log: ContinuedLog, card: RunCard, environment: Environment): void {
  log.events.redactWith(redactorOf(sourcesOf(log, card, environment)))
  if (card.journalPath === undefined) return
  const { journalPath, maxOutput: maxBytes } = card
  log.events.limitWith(outputLimit({ journalPath, maxBytes, isContinued: true }))
}

export interface ReferenceParts {
  readonly card: RunCard
  readonly environment: Environment
  readonly registry: DriverRegistry
  readonly clock: Clock
}

/** Reads what resolvers have to read again too. Never rejects: what cannot be read is missed by whoever needs it. */
export async function recallReferences(log: ContinuedLog, parts: ReferenceParts): Promise<void> {
  const { card, environment, registry, clock } = parts
  const { events } = log
  const { declared, ...sources } = sourcesOf(log, card, environment)
  const late = new AbortController()
  const { directory } = card
  const { signal } = late
  const called = new AbortController()
  const limit = clock.sleep(readSeconds * 1000, called.signal).then(
    () => late.abort(new Error(`it took longer than ${readSeconds} s`)),
    () => undefined,
  )
  const how = { registry, directory, signal, clock, listener: referenceEvents(events) }
  const references: References = await resolveReferences({
    ...sources,
    ...how,
    declared: revealed(declared, log),
  })
  called.abort()
  await limit
  if (references.size > 0) events.redactWith(redactorOf({ declared, ...sources, references }))
}

interface DeadSources {
  readonly declared: Declared
  readonly environment: Environment
  readonly overrides: Overrides
  readonly level: RedactLevel
}

function sourcesOf({ started }: ContinuedLog, card: RunCard, environment: Environment): DeadSources {
  const { configuration, secrets } = card.redactAll ?? started.experiment
  const objectOf = (value: unknown): JsonObject => (isObject(value) ? (value as JsonObject) : {})
  const declared = { configuration: objectOf(configuration), secrets: objectOf(secrets) }
  const overrides = card.configuration === undefined ? {} : { configuration: card.configuration }
  return { declared, environment, overrides, level: levelOf(card) }
}

/** What a secret stood in has a mark there in the log. */
function revealed(declared: Declared, { events }: ContinuedLog): Declared {
  const { configuration, secrets } = declared
  try {
    return events.redactor.references.revealAll({ configuration, secrets }) as unknown as Declared
  } catch {
    // One of the marks stands for a secret that is missing here: where it is needed is told then.
    return declared
  }
}

export function levelOf({ redactAll }: RunCard): RedactLevel {
  return redactAll === undefined ? 'secrets' : 'all'
}

/**
 * The experiment as controls have left it, with its secrets in their place again. Throws an `Error` for one that cannot be
 * read here.
 */
export function recalledExperiment(log: ContinuedLog, { redactAll }: RunCard): JsonObject {
  const { events } = log
  const experiment = { ...experimentLeft(log), ...redactAll }
  return events.redactor.references.revealAll(experiment) as JsonObject
}

/** The experiment as controls have left it, with marks where secrets stood. */
export function experimentLeft({ started, records }: ContinuedLog): JsonObject {
  return foldJournal([started, ...records.filter(({ type }) => type === 'control-changed')]).experiment
}
