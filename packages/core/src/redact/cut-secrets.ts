import type { Found } from './found-secret.ts'
import type { NamedSecret } from './named-secrets.ts'
import { allForms } from './secret-forms.ts'

/** The beginning of a secret that is long enough to hide. */
const shortest = 4
/** Every beginning up to this length is kept ready; longer ones are compared when this much of one is there. */
const longest = 256
const cut = /…|\.\.\./g

interface Form {
  readonly secret: NamedSecret
  readonly text: string
}

/** Finds beginnings of secrets where a text was cut in the middle of one, as `…` or `...` tells. */
export class CutSecrets {
  readonly #secrets: readonly NamedSecret[]
  /** Beginnings by their last characters; made when they are first needed. */
  #beginnings: Map<string, Form[]> | undefined
  #longForms: readonly Form[] = []

  constructor(secrets: readonly NamedSecret[]) {
    this.#secrets = secrets
  }

  mayStandIn(text: string): boolean {
    return text.includes('…') || text.includes('...')
  }

  find(text: string): Found[] {
    if (!this.mayStandIn(text)) return []
    this.#beginnings ??= this.#prepare()
    const beginnings = this.#beginnings
    const ends = [...text.matchAll(cut)].map(({ index }) => index)
    const short = ends.flatMap((end) => {
      const known = beginnings.get(text.slice(end - shortest, end)) ?? []
      const fitting = known.filter((beginning) => text.endsWith(beginning.text, end))
      return fitting.map(({ secret, text: part }) => ({ start: end - part.length, end, secret }))
    })
    return [...short, ...this.#longForms.flatMap((form) => cutLongForm(form, text, ends))]
  }

  #prepare(): Map<string, Form[]> {
    const forms = this.#secrets.flatMap((secret) => allForms(secret.value).map((text) => ({ secret, text })))
    this.#longForms = forms.filter(({ text }) => text.length > longest)
    const beginnings = new Map<string, Form[]>()
    for (const { secret, text } of forms) {
      for (let length = shortest; length < text.length && length <= longest; length += 1) {
        const key = text.slice(length - shortest, length)
        const known = beginnings.get(key) ?? []
        known.push({ secret, text: text.slice(0, length) })
        beginnings.set(key, known)
      }
    }
    return beginnings
  }
}

function cutLongForm({ secret, text: form }: Form, text: string, ends: readonly number[]): Found[] {
  const head = form.slice(0, longest)
  const found: Found[] = []
  for (let start = text.indexOf(head); start !== -1; start = text.indexOf(head, start + 1)) {
    const end = ends.find((each) => each >= start + longest)
    if (end !== undefined && form.startsWith(text.slice(start, end))) found.push({ start, end, secret })
  }
  return found
}
