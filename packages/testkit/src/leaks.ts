import type { JsonObject, JsonValue } from '@squall/contract'
import { LawBroken } from './law.ts'

/** A secret that nobody asks for. It reads differently in each of the forms below. */
export const planted = { law_planted_secret: 'planted "secret" 2f6b/9c' }
/** Shorter texts are found in anything; squall does not look for them either. */
const shortest = 6

/** Throws `LawBroken` when a text of `secrets` is in what was said; `what` says who said it, such as `It logs`. */
export function refuseLeak(what: string, said: unknown, secrets: JsonObject): void {
  const text = JSON.stringify(said) ?? ''
  const leaked = Object.entries(secrets).find(([, value]) =>
    textsIn(value).some((secret) => isIn(text, secret)),
  )
  if (leaked) throw new LawBroken(`${what} the secret '${leaked[0]}'.`)
}

function textsIn(value: JsonValue): readonly string[] {
  if (typeof value === 'string') return value.length < shortest ? [] : [value]
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(textsIn) : []
}

/** As it is, in JSON in JSON, in a URL, in base64. */
function isIn(json: string, secret: string): boolean {
  const once = JSON.stringify(secret).slice(1, -1)
  const twice = JSON.stringify(once).slice(1, -1)
  const forms = [once, twice, encodeURIComponent(secret), Buffer.from(secret).toString('base64')]
  return forms.some((form) => json.includes(form))
}
