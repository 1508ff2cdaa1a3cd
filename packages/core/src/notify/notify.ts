import type { Notification, NotificationName, NotifyOptions } from './notification.ts'

/**
 * Tells every channel of the settings that wants to know, one after the other in their order (spec 20). Never rejects:
 * a channel that fails changes nothing.
 */
export async function notify(
  name: NotificationName,
  notification: Notification,
  options: NotifyOptions,
): Promise<void> {
  const channels = options.settings['notifications']
  if (!Array.isArray(channels) || channels.length === 0) return
  // Loaded only here: no start without channels is slowed down by them.
  const { tellChannels } = await import('./tell-channels.ts')
  await tellChannels(channels, name, notification, options)
}
