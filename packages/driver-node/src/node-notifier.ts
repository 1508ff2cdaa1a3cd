import type { Notifier } from '@squall/contract'
import { loadFunction } from './load-function.ts'
import { thrownFailure } from './thrown-error.ts'
import { unlessAborted } from './unless-aborted.ts'

/** The notification channel `{"type": "node", "module": ..., "func": "notify"}`. */
export const nodeNotifier: Notifier = {
  summary: 'Calls an exported function of a JavaScript or TypeScript module with each event.',
  async notify(channel, event, { directory, signal }) {
    const { module, func = 'notify' } = channel
    if (typeof module !== 'string' || typeof func !== 'string')
      throw new TypeError(
        "A channel of type 'node' needs a `module`, and a `func` other than 'notify' by its name.",
      )
    const loaded = await loadFunction({ module, func }, directory)
    try {
      // A function that is not asynchronous may throw at once.
      await unlessAborted((async () => loaded.fn(channel, event as never))(), signal)
    } catch (error) {
      signal.throwIfAborted()
      throw thrownFailure(loaded, error)
    }
  },
}
