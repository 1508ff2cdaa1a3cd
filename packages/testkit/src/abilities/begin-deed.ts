import type { Driver, JsonObject, NotificationEvent } from '@squall/contract'
import type { LawContext } from '../law-context.ts'
import { ControlRun } from './control-run.ts'
import type { Deed, DiscoverDeed, NotifyDeed, ResolveDeed } from './deed.ts'
import { discovererOf, notifierOf, resolverOf } from './find-ability.ts'
import { playRun } from './play-run.ts'

/** A deed that is under way. */
export interface Doing {
  readonly work: Promise<unknown>
  /** Ends what goes on after the work, as the end of a run does. */
  finish(): Promise<void>
}

/** Calls what a driver offers, as the core does. `onAsk`: told when a control asks a probe of its own. */
export function beginDeed(
  driver: Driver,
  deed: Deed,
  context: LawContext,
  onAsk: () => void = () => {},
): Doing {
  if (deed.type === 'control') {
    const run = new ControlRun(deed, context, onAsk)
    return { work: playRun(driver, run), finish: () => run.finish() }
  }
  // In a function of its own, so that what is thrown at once is a rejection as well.
  const work = (async () => done(driver, deed, context))()
  return { work, finish: async () => {} }
}

function done(
  driver: Driver,
  deed: ResolveDeed | NotifyDeed | DiscoverDeed,
  context: LawContext,
): Promise<unknown> {
  const { signal, log, clock, options } = context
  const { directory } = deed
  if (deed.type === 'resolve') {
    const { resolver, declaration, configuration, environment } = deed
    const more = { configuration, environment, directory, signal, log, clock, options }
    return resolverOf(driver, resolver).resolve(declaration, more)
  }
  const more = { directory, signal, log, options }
  if (deed.type === 'notify') {
    const event = deed.event as unknown as NotificationEvent
    return notifierOf(driver, deed.notifier).notify(deed.channel as JsonObject, event, more)
  }
  const discoverer = discovererOf(driver)
  if (deed.target === null) return Promise.resolve(discoverer.list(more))
  return discoverer.discover(deed.target, { system: false, install: false }, more)
}
