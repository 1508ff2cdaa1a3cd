import type { IncomingMessage, OutgoingHttpHeaders, ServerResponse } from 'node:http'
import { chanceOf } from '../../seeded-chance.ts'
import type { Direction, Toxic } from '../../toxic-types.ts'

/** The toxics that work on one request. */
export interface Exchange {
  of(type: string, stream?: Direction): readonly Toxic[]
  /** Chance of this request. */
  chance(purpose: string): number
}

/** Chooses the toxics of each request: by its method and path, and by their share. */
export class HttpFaults {
  toxics: readonly Toxic[] = []
  readonly #seed: number
  #met = 0

  constructor(seed: number) {
    this.#seed = seed
  }

  meet({ method = '', url = '' }: IncomingMessage): Exchange {
    this.#met += 1
    const number = this.#met
    const chance = (purpose: string) => chanceOf(this.#seed, 'request', number, purpose)
    const chosen = this.toxics.filter(
      ({ name, toxicity, attributes }) =>
        isAlike(String(attributes['method']), method) &&
        new RegExp(String(attributes['path'])).test(url) &&
        chance(name) < toxicity,
    )
    const of = (type: string, stream?: Direction) =>
      chosen.filter((toxic) => toxic.type === type && (stream === undefined || toxic.stream === stream))
    return { of, chance }
  }
}

/** Resolves once what waits in this direction has waited, or the client is gone. */
export async function delayOf(exchange: Exchange, stream: Direction, answer: ServerResponse): Promise<void> {
  const delays = exchange.of('http_delay', stream).map(({ name, attributes }) => {
    const jitter = Number(attributes['jitter']) * (2 * exchange.chance(`${name} jitter`) - 1)
    return Math.max(0, Number(attributes['delay']) + jitter)
  })
  const milliseconds = delays.reduce((sum, each) => sum + each, 0)
  if (milliseconds === 0) return
  await new Promise<void>((resolve) => {
    const timer = setTimeout(resolve, milliseconds)
    answer.once('close', () => {
      clearTimeout(timer)
      resolve()
    })
  })
}

/** The body that stands in for the one of this direction; undefined when that stays. */
export function bodyOf(exchange: Exchange, stream: Direction): string | undefined {
  const [toxic] = exchange.of('http_body', stream)
  return toxic && String(toxic.attributes['body'])
}

/** Headers as they go on. `body`: what stands in for the body. */
export function headersAfter(
  exchange: Exchange,
  stream: Direction,
  headers: object,
  body?: string,
): OutgoingHttpHeaders {
  const changed = { ...headers } as OutgoingHttpHeaders
  for (const { attributes } of exchange.of('http_header', stream)) {
    for (const name of attributes['remove'] as readonly string[]) delete changed[name.toLowerCase()]
    for (const [name, value] of Object.entries(attributes['set'] as Record<string, string>))
      changed[name.toLowerCase()] = value
  }
  if (body === undefined) return changed
  for (const name of ['transfer-encoding', 'content-encoding']) delete changed[name]
  return { ...changed, 'content-length': Buffer.byteLength(body) }
}

function isAlike(wanted: string, method: string): boolean {
  return wanted === '' || wanted.toUpperCase() === method
}
