import { isObject, type JsonValue, type LiveDocument } from '@squall/contract'
import { locateActivity } from './locate-activity.ts'

export type DocumentName = 'experiment' | 'configuration' | 'secrets' | 'settings'

let mirrors = 0

/** What a worker knows of the documents of one run, so that only what changed is sent. All controls of the run share it. */
export class RunMirror {
  readonly id = ++mirrors
  readonly #revisions = new Map<DocumentName, number>()
  /** Where the last activity was found in each list: the next one is near. */
  readonly hints = new Map<string, number>()

  knows(name: DocumentName): boolean {
    return this.#revisions.has(name)
  }

  /** The document, where the worker has it not or not as it is now; undefined where it has. */
  toSend(name: DocumentName, document: LiveDocument): JsonValue | undefined {
    if (this.#revisions.get(name) === document.revision) return undefined
    this.#revisions.set(name, document.revision)
    return document.value
  }

  /** Carries out changes that the worker has made already, which therefore need not be sent. */
  follow(name: DocumentName, document: LiveDocument, change: () => void): void {
    const wasKnown = this.#revisions.get(name) === document.revision
    change()
    if (wasKnown) this.#revisions.set(name, document.revision)
  }

  /** Where in the experiment a value lies that hooks are called around; undefined where that cannot be told quickly. */
  pathOf(value: JsonValue, experiment: JsonValue): (string | number)[] | undefined {
    if (!isObject(experiment)) return undefined
    if (value === experiment) return []
    if (value === experiment['steady-state-hypothesis']) return ['steady-state-hypothesis']
    return locateActivity(value, experiment as Record<string, JsonValue>, this.hints)
  }
}

const ofRuns = new WeakMap<AbortSignal, RunMirror>()

/** The mirror of the run that ends with a signal; `onEnd` is called for a new one when that is. */
export function mirrorOf(run: AbortSignal, onEnd: (mirror: RunMirror) => void): RunMirror {
  const known = ofRuns.get(run)
  if (known) return known
  const made = new RunMirror()
  ofRuns.set(run, made)
  run.addEventListener('abort', () => onEnd(made), { once: true })
  return made
}
