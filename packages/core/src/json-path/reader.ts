/** Reads a text from left to right. Its methods move on when what they ask for is there, and not otherwise. */
export class Reader {
  readonly #text: string
  #at = 0

  constructor(text: string) {
    this.#text = text
  }

  get rest(): string {
    return this.#text.slice(this.#at)
  }

  get atEnd(): boolean {
    return this.#at >= this.#text.length
  }

  take(token: string): boolean {
    if (!this.#text.startsWith(token, this.#at)) return false
    this.#at += token.length
    return true
  }

  match(pattern: RegExp): string | undefined {
    const found = pattern.exec(this.rest)?.[0]
    if (found !== undefined) this.#at += found.length
    return found
  }

  word(word: string): boolean {
    return this.match(new RegExp(`^${word}\\b`)) !== undefined
  }

  blanks(): void {
    this.match(/^\s+/)
  }

  expect(token: string): void {
    this.blanks()
    if (!this.take(token)) this.fail(`'${token}' is missing`)
  }

  fail(reason: string): never {
    throw new SyntaxError(`${reason} at column ${this.#at + 1} of '${this.#text}'`)
  }
}
