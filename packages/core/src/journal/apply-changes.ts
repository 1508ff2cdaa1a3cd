import { type Change, copyNumberTexts, isObject, type JsonValue, putValue, valueAt } from '@squall/contract'
import { copyJson } from '../run/json-result.ts'

type Container = Record<string | number, JsonValue> | JsonValue[]

/**
 * Carries out what controls changed. What came out of an event is copied on the way to a change and never altered, so
 * that the same events can be folded again; each such copy is made once, however many changes follow.
 */
export class ChangeApplier {
  readonly #own = new WeakSet<object>()

  /** `isOwn` says of a path whether what lies there was made by the caller, and may be altered. */
  apply(root: object, changes: readonly Change[], isOwn: (path: Change['path']) => boolean): void {
    for (const change of changes) this.#applyOne(root, change, isOwn)
  }

  #applyOne(root: object, change: Change, isOwn: (path: Change['path']) => boolean): void {
    const { path } = change
    const way = change.op === 'splice' ? path : path.slice(0, -1)
    let at = root as Container
    for (const [depth, key] of way.entries()) {
      const next = this.#step(at, key, isOwn(way.slice(0, depth + 1)))
      // A log with a damaged line may lack what this one builds on.
      if (!next) return
      at = next
    }
    perform(at, change)
  }

  #step(parent: Container, key: string | number, isOwn: boolean): Container | undefined {
    const child = Object.hasOwn(parent, key) ? (parent as Record<string | number, JsonValue>)[key] : undefined
    if (!isObject(child) && !Array.isArray(child)) return undefined
    if (isOwn || this.#own.has(child)) return child as Container
    const copy = (Array.isArray(child) ? [...child] : { ...child }) as Container
    copyNumberTexts(child, copy)
    this.#own.add(copy)
    putValue(parent, key, copy as JsonValue)
    return copy
  }
}

function perform(at: Container, change: Change): void {
  if (change.op === 'splice') {
    if (Array.isArray(at)) at.splice(change.at, change.remove, ...copyJson(change.insert))
    return
  }
  const key = change.path.at(-1)
  if (key === undefined) return
  if (change.op === 'set') putValue(at, key, copyJson(valueAt(change, 'value')) ?? null)
  else if (!Array.isArray(at)) delete at[key]
}

/** Lists, states and entries are made by the fold; activities, outputs and the experiment come out of events. */
export function isMadeByFold(path: Change['path']): boolean {
  if (path[0] === 'experiment') return false
  if (path[0] !== 'steady_states') return path.length <= 2
  return path.length <= (path[1] === 'during' ? 5 : 4)
}
