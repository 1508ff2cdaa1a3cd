import {
  type DriverRegistry,
  type Notification,
  type NotificationName,
  notify,
  type Settings,
} from '@squall/core'
import type { CommandContext } from './command-context.ts'

/** Tells the channels of the settings of what a command does. */
export type Notify = (name: NotificationName, notification: Notification) => Promise<void>

export interface NotifierOptions {
  readonly settings: Settings
  readonly registry: DriverRegistry
  readonly directory: string
}

/** Makes what tells the channels. It costs nothing where there are none. */
export async function notifierOf(options: NotifierOptions, context: CommandContext): Promise<Notify> {
  const channels = options.settings['notifications']
  if (!Array.isArray(channels) || channels.length === 0) return async () => undefined
  const [{ channelFetch }, { debugLine }] = await Promise.all([
    import('../host/channel-fetch.ts'),
    import('../terminal/debug-line.ts'),
  ])
  const sources = {
    ...options,
    fetch: channelFetch(true),
    fetchUnverified: channelFetch(false),
    onFailure: (message: string) => debugLine(message, context),
  }
  return (name, notification) => notify(name, notification, sources)
}
