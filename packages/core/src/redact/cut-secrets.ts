import type { Found } from './found-secret.ts'
import type { NamedSecret } from './named-secrets.ts'
import { allForms } from './secret-forms.ts'

/** The beginning of a secret that is long enough to hide. */
const shortest = 4
const cut = /…|\.\.\./g

interface Beginning {
  readonly secret: NamedSecret
  readonly text: string
}

/** Finds beginnings of secrets where a text was cut in the middle of one, as `…` or `...` tells. */
export class CutSecrets {
  readonly #secrets: readonly NamedSecret[]
  /** Every beginning, by its last characters. */
  #beginnings: Map<string, Beginning[]> | undefined

  constructor(secrets: readonly NamedSecret[]) {
    this.#secrets = secrets
  }

  mayStandIn(text: string): boolean {
    return text.includes('…') || text.includes('...')
  }

  find(text: string): Found[] {
    if (!this.mayStandIn(text)) return []
    const beginnings = this.#all()
    return [...text.matchAll(cut)].flatMap(({ index: end }) => {
      const known = beginnings.get(text.slice(end - shortest, end)) ?? []
      const fitting = known.filter((beginning) => text.endsWith(beginning.text, end))
      return fitting.map(({ secret, text: part }) => ({ start: end - part.length, end, secret }))
    })
  }

  #all(): Map<string, Beginning[]> {
    if (this.#beginnings) return this.#beginnings
    const all = new Map<string, Beginning[]>()
    for (const secret of this.#secrets) {
      for (const form of allForms(secret.value)) {
        for (let length = shortest; length < form.length; length += 1) {
          const text = form.slice(0, length)
          const key = text.slice(-shortest)
          all.set(key, [...(all.get(key) ?? []), { secret, text }])
        }
      }
    }
    this.#beginnings = all
    return all
  }
}
