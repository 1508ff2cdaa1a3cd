import type { JsonObject } from '@squall/contract'
import type { Environment } from '../configuration/load-configuration.ts'
import { outputLimit } from '../journal/limit-outputs.ts'
import type { RedactLevel } from '../redact/named-secrets.ts'
import { redactorOf } from '../redact/redactor-of.ts'
import type { ContinuedLog } from './continue-log.ts'
import type { RunCard } from './run-card.ts'

/**
 * Lets a log that is gone on with hide the secrets of its run, and cut outputs, as the runner did. Secrets are read again
 * from the environment of this process; one that is not there is missed by the undo that needs it.
 */
export function recallSecrets(
  { started, events }: ContinuedLog,
  card: RunCard,
  environment: Environment,
): void {
  const declared = card.redactAll ?? started.experiment
  const overrides = card.configuration === undefined ? {} : { configuration: card.configuration }
  events.redactWith(redactorOf({ declared, environment, overrides, level: levelOf(card) }))
  if (card.journalPath === undefined) return
  const { journalPath, maxOutput: maxBytes } = card
  events.limitWith(outputLimit({ journalPath, maxBytes, isContinued: true }))
}

export function levelOf({ redactAll }: RunCard): RedactLevel {
  return redactAll === undefined ? 'secrets' : 'all'
}

/** The experiment with its secrets in their place again. Throws an `Error` for one that cannot be read here. */
export function recalledExperiment({ started, events }: ContinuedLog, { redactAll }: RunCard): JsonObject {
  const experiment = { ...started.experiment, ...redactAll }
  return events.redactor.references.revealAll(experiment) as JsonObject
}
