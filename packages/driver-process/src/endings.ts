/** The children of this process by their tag, so that an undo does not cut short an ending that is under way. */
export class Endings {
  private readonly running = new Map<
    string,
    { readonly signal: AbortSignal; readonly done: Promise<unknown> }
  >()

  watch<Result>(tag: string, signal: AbortSignal, done: Promise<Result>): Promise<Result> {
    const forget = () => void this.running.delete(tag)
    this.running.set(tag, { signal, done: done.then(forget, forget) })
    return done
  }

  /** Resolves once a child that was told to end has ended; at once for any other. */
  async settled(tag: string): Promise<void> {
    const child = this.running.get(tag)
    if (child?.signal.aborted) await child.done
  }
}
