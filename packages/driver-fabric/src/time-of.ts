import { ActivityFailed } from '@squall/contract'

const unitMs: Readonly<Record<string, number>> = { s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 }

/** A moment as a text: ISO 8601, or `2 minutes ago`. Milliseconds since 1970. Throws `ActivityFailed` for another text. */
export function timeOf(text: string, now: number): number {
  const [, count, unit = ''] = /^(\d+)\s*([a-z]+?)s?\s+ago$/i.exec(text.trim()) ?? []
  const ms = unitMs[unit.charAt(0).toLowerCase()]
  if (count !== undefined && ms !== undefined && isUnit(unit)) return now - Number(count) * ms
  const time = Date.parse(text)
  if (!Number.isNaN(time)) return time
  const hint = 'Write it in ISO 8601, such as 2026-01-31T12:00:00Z, or as `10 minutes ago`.'
  throw new ActivityFailed(`'${text}' is no time.`, { hint })
}

function isUnit(word: string): boolean {
  return /^(s|sec|second|m|mn|min|minute|h|hour|d|day)$/i.test(word)
}
