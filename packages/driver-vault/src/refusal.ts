import type { ServerAnswer } from './vault-server.ts'

/** Why a server does not give what it was asked for, as the end of a sentence. */
export function refusal({ status, body }: ServerAnswer): string {
  const errors = Array.isArray(body['errors']) ? body['errors'].map(String).filter(Boolean) : []
  const known = errors.length > 0 ? errors.join('; ') : words[status]
  return known === undefined ? `it answered with status ${status}` : `${known.trim()} (status ${status})`
}

const words: Readonly<Record<number, string>> = {
  403: 'permission denied',
  404: 'there is nothing of that kind',
  503: 'it is sealed or down for maintenance',
}
