import type { RunEvent, UndoOutcome } from '@squall/contract'

export type UndoEvent = Extract<RunEvent, { type: 'undo-registered' | 'undo-amended' | 'undo-completed' }>

/** What became of the undos of a run. */
export class UndoFold {
  readonly #registered = new Map<number, Omit<UndoOutcome, 'status'>>()
  readonly #completed = new Map<number, UndoOutcome>()

  apply(event: UndoEvent): void {
    if (event.type === 'undo-registered') {
      const { driver, func, activity } = event
      const undo = { driver: driver.package, func, arguments: event.arguments, activity }
      this.#registered.set(event.undo, undo)
      return
    }
    const known = this.#registered.get(event.undo)
    if (!known) return
    if (event.type === 'undo-amended') {
      this.#registered.set(event.undo, { ...known, arguments: event.arguments })
      return
    }
    // A failed undo that was tried again counts once, as it ended.
    this.#completed.delete(event.undo)
    this.#completed.set(event.undo, {
      ...known,
      status: event.status,
      ...(event.reason === undefined ? {} : { reason: event.reason }),
    })
  }

  /** In the order they were carried out. */
  outcomes(): UndoOutcome[] {
    return [...this.#completed.values()]
  }
}
