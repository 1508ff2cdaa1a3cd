import type { Change, Journal, JsonValue } from '@squall/contract'
import { ChangeApplier, isMadeByFold } from './apply-changes.ts'
import type { JournalParts } from './journal-parts.ts'

/** What controls made of the journal. */
export class EditsFold {
  /** Keys of the journal that are no part of what was played; undefined for one that was removed. */
  readonly #others = new Map<string, JsonValue | undefined>()
  #applier: ChangeApplier | undefined

  /** Applies changes to the parts of the journal they are about, and keeps those to other keys. */
  apply(changes: readonly Change[], parts: JournalParts): void {
    this.#applier ??= new ChangeApplier()
    for (const change of changes) {
      const [key] = change.path
      if (key !== undefined && Object.hasOwn(parts, key)) this.#applier.apply(parts, [change], isMadeByFold)
      else if (change.op !== 'splice')
        this.#others.set(String(key), change.op === 'set' ? change.value : undefined)
    }
  }

  /** The journal with the changes to its other keys. */
  madeTo(journal: Journal): Journal {
    if (this.#others.size === 0) return journal
    const edited = new Map<string, unknown>([...Object.entries(journal), ...this.#others])
    return Object.fromEntries([...edited].filter(([, value]) => value !== undefined)) as unknown as Journal
  }
}
