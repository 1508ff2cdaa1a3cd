export interface Stretch {
  readonly start: number
  readonly end: number
}

/** A regular expression for a key of several thousand characters would be too large for the engine. */
const piecesInLink = 128

/** Finds what matches a long sequence of small patterns, one after the other. */
export class Chain {
  readonly #first: RegExp
  readonly #rest: readonly RegExp[]

  constructor(pieces: readonly string[]) {
    const links = Array.from({ length: Math.ceil(pieces.length / piecesInLink) }, (_, at) =>
      pieces.slice(at * piecesInLink, (at + 1) * piecesInLink).join(''),
    )
    this.#first = new RegExp(links[0] ?? '$.', 'g')
    this.#rest = links.slice(1).map((link) => new RegExp(link, 'y'))
  }

  /** Every stretch that matches; one may begin inside of another. */
  find(text: string): Stretch[] {
    const found: Stretch[] = []
    const first = this.#first
    first.lastIndex = 0
    for (let match = first.exec(text); match; match = first.exec(text)) {
      const end = this.#endOfRest(text, match.index + match[0].length)
      if (end !== undefined) found.push({ start: match.index, end })
      first.lastIndex = match.index + 1
    }
    return found
  }

  #endOfRest(text: string, from: number): number | undefined {
    let end = from
    for (const link of this.#rest) {
      link.lastIndex = end
      if (!link.test(text)) return undefined
      end = link.lastIndex
    }
    return end
  }
}
