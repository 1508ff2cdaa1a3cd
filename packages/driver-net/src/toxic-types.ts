/** Which way the data goes that a toxic works on: `upstream` to the server, `downstream` to the client. */
export type Direction = 'upstream' | 'downstream'

export type AttributeValue = number | string | readonly string[] | Readonly<Record<string, string>>
export type Attributes = Readonly<Record<string, AttributeValue>>

export interface Toxic {
  readonly attributes: Attributes
  readonly name: string
  readonly type: string
  readonly stream: Direction
  /** Share of the connections, of `http_` toxics share of the requests, from 0 to 1. */
  readonly toxicity: number
}

const route = { method: '', path: '' }

/**
 * The attributes of each toxic with their defaults, which also show their types. The first seven are those of Toxiproxy; times
 * are milliseconds except the `delay` of `slicer`, which is microseconds; `rate` of `bandwidth` is kB/s.
 */
export const toxicTypes: Readonly<Record<string, Attributes>> = {
  latency: { latency: 0, jitter: 0 },
  bandwidth: { rate: 0 },
  slow_close: { delay: 0 },
  timeout: { timeout: 0 },
  reset_peer: { timeout: 0 },
  slicer: { average_size: 0, size_variation: 0, delay: 0 },
  limit_data: { bytes: 0 },
  stall: {},
  corrupt: { share: 1, bytes: 1 },
  http_delay: { ...route, delay: 0, jitter: 0 },
  http_status: { ...route, status: 503, body: '', headers: {} },
  http_abort: route,
  http_body: { ...route, body: '' },
  http_header: { ...route, set: {}, remove: [] },
}

export const isHttpToxic = (type: string): boolean => type.startsWith('http_')

/** What is wrong with an attribute, or null. */
export function attributeFlaw(type: string, name: string, value: unknown): string | null {
  const standard = toxicTypes[type]?.[name]
  // Toxiproxy takes attributes that it does not know and forgets them.
  if (standard === undefined) return null
  if (!isAlike(value, standard)) return `attribute ${name} of ${type} must be ${kindOf(standard)}`
  if (typeof value === 'number' && value < 0) return `attribute ${name} of ${type} must not be negative`
  if (name === 'share' && Number(value) > 1) return `attribute ${name} of ${type} must be between 0 and 1`
  if (name === 'status' && !(Number(value) >= 200 && Number(value) <= 599))
    return `attribute ${name} of ${type} must be between 200 and 599`
  if (name === 'path' && !isPattern(String(value)))
    return `attribute ${name} of ${type} is no regular expression`
  return null
}

/** Known attributes only, what is missing from `base`. */
export function completed(
  type: string,
  given: Readonly<Record<string, unknown>>,
  base: Attributes,
): Attributes {
  const entries = Object.keys(toxicTypes[type] ?? {}).map((name) => [name, given[name] ?? base[name]])
  return Object.fromEntries(entries) as Attributes
}

function isAlike(value: unknown, standard: AttributeValue): boolean {
  if (typeof standard === 'number') return typeof value === 'number' && Number.isFinite(value)
  if (typeof standard === 'string') return typeof value === 'string'
  if (Array.isArray(standard)) return Array.isArray(value) && value.every((each) => typeof each === 'string')
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false
  return Object.values(value).every((each) => typeof each === 'string')
}

function kindOf(standard: AttributeValue): string {
  if (Array.isArray(standard)) return 'a list of texts'
  if (typeof standard === 'object') return 'an object of texts'
  return typeof standard === 'number' ? 'a number' : 'a text'
}

function isPattern(text: string): boolean {
  try {
    return Boolean(new RegExp(text))
  } catch {
    return false
  }
}
