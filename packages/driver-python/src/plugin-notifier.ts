import type { Notifier } from '@squall/contract'
import { errorOf } from './outcome.ts'
import type { Workers } from './workers.ts'

/** Channels of type `plugin`: `func(channel, event)` of a Python module, `notify` where none is named (spec 20). */
export const pluginNotifier = (workers: Workers): Notifier => ({
  summary: 'Calls a function of a Python module with the channel and the event.',
  async notify(channel, event, { options, log, signal }) {
    const { module, func = 'notify' } = channel
    if (typeof module !== 'string' || typeof func !== 'string')
      throw new TypeError('a channel of type `plugin` needs a `module`, and its `func` is a text')
    const worker = workers.shared(options)
    const order = { do: 'notify', module, func, positional: [channel, event] } as const
    const reply = await worker.request(order, { log }, signal)
    if ('fail' in reply && reply.fail.kind !== 'not-json')
      throw errorOf(reply.fail, { module, func, interpreter: worker.interpreter })
  },
})
