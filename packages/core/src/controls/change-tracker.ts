import type { Change, JsonValue, RunEvent } from '@squall/contract'

export type ChangeEvent = Extract<RunEvent, { type: 'control-changed' }>
export type DocumentName = ChangeEvent['document']
export type Path = readonly (string | number)[]

/** Who changes something: a control in one of its hooks. */
export interface Author {
  readonly control: string
  readonly hook: ChangeEvent['hook']
}

/** A value that is tracked as a whole. */
export interface TrackedRoot {
  readonly document: DocumentName
  /** Where it lies in its document; undefined for what is in none, so that its changes need no record. */
  readonly base: Path | undefined
  revision: number
}

interface Place {
  readonly parent: object
  /** Where it was seen last; items of a list move. */
  key: string | number
}

interface Pending {
  readonly author: Author
  readonly document: DocumentName
  readonly changes: Change[]
}

/**
 * Knows where every tracked value lies, and puts changes on record in the order in which they were made. Finding a place
 * costs as much as the value lies deep, not as much as its document is large.
 */
export class ChangeTracker {
  readonly #emit: (event: Omit<ChangeEvent, 'seq' | 'time'>) => void
  readonly #onChange: (document: DocumentName) => void
  readonly #roots = new WeakMap<object, TrackedRoot>()
  readonly #places = new WeakMap<object, Place>()
  #pending: Pending | undefined

  constructor(
    emit: (event: Omit<ChangeEvent, 'seq' | 'time'>) => void,
    onChange: (document: DocumentName) => void = () => undefined,
  ) {
    this.#emit = emit
    this.#onChange = onChange
  }

  track(value: object, document: DocumentName, base: Path | undefined): void {
    if (!this.#roots.has(value)) this.#roots.set(value, { document, base, revision: 0 })
  }

  /** Tracks a value of which parts were tracked so far: they lie in it from now on, unless they are taken out. */
  trackAround(
    value: object,
    document: DocumentName,
    parts: readonly (readonly [key: string, part: object])[],
  ): void {
    const revision = parts.reduce((sum, [, part]) => sum + (this.#roots.get(part)?.revision ?? 0), 1)
    this.#roots.set(value, { document, base: [], revision })
    for (const [key, part] of parts) {
      this.#roots.delete(part)
      this.place(part, value, key)
    }
  }

  /** Tells where a value lies: in `parent`, below a tracked one. */
  place(value: object, parent: object, key: string | number): void {
    const known = this.#places.get(value)
    if (known?.parent === parent) known.key = key
    else this.#places.set(value, { parent, key })
  }

  /** The tracked value that one lies in, and the way there; undefined for one that was taken out. */
  find(value: object): { readonly root: TrackedRoot; readonly path: Path | undefined } | undefined {
    const keys: (string | number)[] = []
    for (let at = value; ; ) {
      const root = this.#roots.get(at)
      if (root) return { root, path: root.base && [...root.base, ...keys.reverse()] }
      const place = this.#places.get(at)
      const key = place && currentKey(place, at)
      if (!place || key === undefined) return undefined
      keys.push(key)
      at = place.parent
    }
  }

  record(author: Author, value: object, change: (path: Path) => Change): void {
    const found = this.find(value)
    if (!found) return
    const { root, path } = found
    root.revision += 1
    if (path) this.#add(author, root.document, change(path))
    this.#onChange(root.document)
  }

  /** Puts what was changed on record; called before any other event, so that the order is kept. */
  flush(): void {
    const pending = this.#pending
    this.#pending = undefined
    if (!pending) return
    const { author, document, changes } = pending
    this.#emit({ type: 'control-changed', ...author, document, changes })
  }

  #add(author: Author, document: DocumentName, change: Change): void {
    const pending = this.#pending
    if (pending?.author === author && pending.document === document) {
      pending.changes.push(change)
      return
    }
    this.flush()
    this.#pending = { author, document, changes: [change] }
  }
}

/** Looks outwards from where it was seen last: an insertion moves an item by as many places as were inserted. */
function currentKey(place: Place, value: object): string | number | undefined {
  const { parent, key } = place
  if ((parent as Record<string | number, JsonValue>)[key] === value) return key
  if (!Array.isArray(parent) || typeof key !== 'number') return undefined
  for (let away = 1; key - away >= 0 || key + away < parent.length; away += 1) {
    for (const index of [key + away, key - away]) {
      if (parent[index] !== value) continue
      place.key = index
      return index
    }
  }
  return undefined
}
