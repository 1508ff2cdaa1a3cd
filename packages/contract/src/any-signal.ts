/** By each composition, so that they last as long as it does. */
const sources = new WeakMap<AbortSignal, readonly AbortSignal[]>()

/**
 * `AbortSignal.any` that keeps what it is made of. Node 20 lets a source go that nobody else holds, such as an
 * `AbortSignal.timeout`, and the composition is then never aborted by it: a request that is never answered hangs for ever.
 */
export function anySignal(signals: readonly AbortSignal[]): AbortSignal {
  const any = AbortSignal.any([...signals])
  sources.set(any, signals)
  return any
}
