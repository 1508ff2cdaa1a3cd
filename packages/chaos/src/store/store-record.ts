import type { StoredState } from '../engine/engine-state.ts'
import type { ChaosEvent } from '../events/chaos-event.ts'

/** One line of the store: what one step of the engine left, so that it is there as a whole or not at all. */
export interface StoreRecord {
  readonly events?: readonly ChaosEvent[]
  /** Members that changed; null for those that are gone. */
  readonly change?: StateChange
  /** All of the state: what stands before it is not needed. */
  readonly state?: StoredState
  /** Events below this key are deleted. */
  readonly deletedBelow?: string
}

export type StateChange = { readonly [Key in keyof StoredState]?: StoredState[Key] | null }

/** The members in which two states differ, by identity: the engine keeps what it does not change. */
export function changeOf(before: StoredState, after: StoredState): StateChange {
  const keys = [...new Set([...Object.keys(before), ...Object.keys(after)])] as (keyof StoredState)[]
  const changed = keys.filter((key) => before[key] !== after[key])
  return Object.fromEntries(changed.map((key) => [key, after[key] ?? null]))
}

export function withChange(before: StoredState, change: StateChange): StoredState {
  const members = Object.entries({ ...before, ...change }).filter(([, value]) => value !== null)
  return Object.fromEntries(members) as unknown as StoredState
}
