import { ActivityFailed } from '@squall/contract'
import type { Scheme } from './scheme.ts'

/** What joins a request so that it is let in. */
export interface Credentials {
  readonly headers: Readonly<Record<string, string>>
  readonly query: readonly string[]
  readonly cookies: readonly string[]
}

type Secrets = Readonly<Record<string, unknown>>
type Schemes = Readonly<Record<string, Scheme>>

/** Takes the first alternative whose secrets are all there. Throws `ActivityFailed` when there is none. */
export function credentialsFor(
  alternatives: readonly (readonly string[])[],
  schemes: Schemes,
  secrets: Secrets,
): Credentials {
  if (alternatives.length === 0) return { headers: {}, query: [], cookies: [] }
  const usable = alternatives.find((names) => missing(names, schemes, secrets).length === 0)
  if (usable === undefined) {
    const wanted = alternatives.map((names) => missing(names, schemes, secrets).join(' and ')).join(', or ')
    throw new ActivityFailed(`It needs the secret ${wanted}.`, {
      hint: 'Declare it under `secrets` and name its group in the `secrets` of the provider.',
    })
  }
  const all = usable.map((name) => credentialsOf(schemes[name], secrets))
  return {
    headers: Object.assign({}, ...all.map(({ headers }) => headers)),
    query: all.flatMap(({ query }) => query),
    cookies: all.flatMap(({ cookies }) => cookies),
  }
}

function missing(names: readonly string[], schemes: Schemes, secrets: Secrets): readonly string[] {
  return names
    .flatMap((name) => schemes[name]?.secrets ?? [name])
    .filter((name) => typeof secrets[name] !== 'string')
}

function credentialsOf(scheme: Scheme | undefined, secrets: Secrets): Credentials {
  const none = { headers: {}, query: [], cookies: [] }
  if (!scheme) return none
  const [first = '', second = ''] = scheme.secrets.map((name) => String(secrets[name]))
  if (scheme.type === 'bearer') return { ...none, headers: { Authorization: `Bearer ${first}` } }
  if (scheme.type === 'basic') {
    const pair = Buffer.from(`${first}:${second}`).toString('base64')
    return { ...none, headers: { Authorization: `Basic ${pair}` } }
  }
  const pair = `${encodeURIComponent(scheme.name)}=${encodeURIComponent(first)}`
  if (scheme.in === 'query') return { ...none, query: [pair] }
  return scheme.in === 'cookie'
    ? { ...none, cookies: [pair] }
    : { ...none, headers: { [scheme.name]: first } }
}
