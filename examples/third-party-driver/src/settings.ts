import { ActivityFailed } from '@squall/contract'
import type { Ask } from './connection.ts'

/** The value of a setting, as Redis writes it. Throws `ActivityFailed` for a setting that there is not. */
export async function settingOf(ask: Ask, name: string): Promise<string> {
  const reply = await ask('CONFIG', 'GET', name)
  const [, value] = Array.isArray(reply) ? reply : []
  if (!Buffer.isBuffer(value)) throw new ActivityFailed(`This Redis has no setting '${name}'.`)
  return value.toString()
}

/** One name and no pattern, which would change several at once. */
export const settingName: RegExp = /^[a-z][a-z0-9-]*$/
