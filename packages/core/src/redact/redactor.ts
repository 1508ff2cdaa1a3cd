import type { JsonValue, RunEventBody } from '@squall/contract'
import type { NamedSecret } from './named-secrets.ts'
import { redactedError } from './redacted-error.ts'
import { redactedChange, redactedExperiment } from './redacted-experiment.ts'
import { type Rewriting, rewriteJson } from './rewrite-json.ts'
import { SecretFinder } from './secret-finder.ts'
import { exactMark, plainMark, replaced } from './secret-marks.ts'
import { SecretReferences } from './secret-references.ts'

/** Fields of events that hold words of squall itself, or what whoever undoes has to find as it was. */
const own: ReadonlySet<string> = new Set([
  ...['type', 'phase', 'status', 'level', 'when', 'strategy', 'strategies', 'squallVersion', 'run', 'seed'],
  ...['driver', 'func', 'secrets'],
])

/**
 * Keeps the secrets of a run out of everything that leaves its process: each one is replaced by `[secret GROUP.KEY]`.
 * Without secrets nothing is done at all.
 */
export class Redactor {
  /** Hides nothing. */
  static readonly none: Redactor = new Redactor([])
  /** Stores secrets in the arguments of an undo. */
  readonly references: SecretReferences
  readonly #finder: SecretFinder | undefined
  readonly #rewriting: Rewriting
  readonly #secrets: readonly NamedSecret[]
  readonly #missing: ReadonlyMap<string, string>

  /** `missing` names the secrets that could not be resolved, each with the reason. */
  constructor(secrets: readonly NamedSecret[], missing: ReadonlyMap<string, string> = new Map()) {
    this.#secrets = secrets
    this.#missing = missing
    this.#finder = secrets.length === 0 ? undefined : new SecretFinder(secrets)
    this.references = new SecretReferences(this.#finder, secrets, missing)
    const numbers = new Set(
      secrets.map(({ value }) => value).filter((value) => String(Number(value)) === value),
    )
    this.#rewriting = rewritingBy((text) => this.text(text), numbers)
  }

  /** A redactor that hides these too. */
  with(more: readonly NamedSecret[]): Redactor {
    return new Redactor([...this.#secrets, ...more], this.#missing)
  }

  text(text: string): string {
    return this.#finder ? replaced(text, this.#finder.find(text), plainMark) : text
  }

  /** A JSON value with its secrets replaced, in keys too; the same one when it holds none. */
  value<Value>(value: Value): Value {
    return this.#finder ? (rewriteJson(value as JsonValue, this.#rewriting) as Value) : value
  }

  event(body: RunEventBody): RunEventBody {
    const finder = this.#finder
    // Most events hold no secret, which one look at all of their texts together tells.
    if (!finder?.mayStandIn(JSON.stringify(body))) return body
    // With exact marks, so that whoever plays rollbacks after a crash has what the experiment says.
    const exactly = (text: string): string =>
      replaced(text, finder.find(text), (found) => exactMark(found, text))
    if (body.type === 'control-changed') {
      const rewriting = { experiment: rewritingBy(exactly), rest: this.#rewriting }
      return { ...body, changes: body.changes.map((change) => redactedChange(change, rewriting)) }
    }
    if (body.type === 'run-started') {
      const rest = this.#fields({ ...body, experiment: {} })
      return { ...rest, experiment: redactedExperiment(body.experiment, rewritingBy(exactly)) }
    }
    return this.#fields(body)
  }

  /** An error and what led to it, without the secrets in their messages; the same one when they hold none. */
  error(error: unknown): unknown {
    return this.#finder ? redactedError(error, (text) => this.text(text)) : error
  }

  #fields<Body extends RunEventBody>(body: Body): Body {
    const isUndo = body.type === 'undo-registered' || body.type === 'undo-amended'
    let changed: Record<string, unknown> | undefined
    for (const [key, value] of Object.entries(body)) {
      // The ledger has put references into the arguments of an undo.
      if (own.has(key) || (isUndo && key === 'arguments')) continue
      const redacted = rewriteJson(value as JsonValue, this.#rewriting)
      if (redacted === value) continue
      changed ??= {}
      changed[key] = redacted
    }
    return changed ? { ...body, ...changed } : body
  }
}

function rewritingBy(text: (plain: string) => string, numbers: ReadonlySet<string> = new Set()): Rewriting {
  return {
    key: text,
    leaf: (leaf) => {
      if (typeof leaf === 'string') return text(leaf)
      return typeof leaf === 'number' && numbers.has(String(leaf)) ? text(String(leaf)) : leaf
    },
  }
}
