import { regularExpression } from './scalar-code.ts'

const guesses = [
  'sample',
  'a',
  'A',
  '1',
  'abc',
  'ABC',
  '123',
  'a1',
  'A1',
  '1.0.0',
  '+15550100',
  'en-US',
  '#aabbcc',
  '/a',
]

/**
 * A text that matches a pattern: one of the candidates, or one that is built along the pattern. Undefined when none is
 * found.
 */
export function sampleOfPattern(
  pattern: string,
  candidates: readonly string[],
  fits: (text: string) => boolean,
): string | undefined {
  const expression = regularExpression(pattern)
  if (!expression) return candidates[0]
  // Optional parts are left out first, then repeated until the text is long enough.
  const built = [0, 1, 2, 4, 8, 16, 32].map((more) => new PatternReader(pattern, more).read())
  return [...candidates, ...guesses, ...built].find((text) => expression.test(text) && fits(text))
}

/** Walks along the usual parts of a pattern and writes the first text that each allows. */
class PatternReader {
  private at = 0
  private readonly pattern: string
  private readonly more: number

  constructor(pattern: string, more: number) {
    this.pattern = pattern
    this.more = more
  }

  read(): string {
    let text = ''
    while (this.at < this.pattern.length && this.peek() !== ')') {
      if (this.peek() === '|') {
        this.skipBranches()
        break
      }
      text += this.repeated(this.atom())
    }
    return text
  }

  private peek(): string {
    return this.pattern[this.at] ?? ''
  }

  private atom(): string {
    const char = this.pattern[this.at++] ?? ''
    if (char === '(') return this.group()
    if (char === '[') return this.oneOf()
    if (char === '\\') return escaped(this.pattern[this.at++] ?? '')
    if (char === '^' || char === '$') return ''
    return char === '.' ? 'a' : char
  }

  private group(): string {
    const isLook = /^\?<?[=!]/.test(this.pattern.slice(this.at))
    this.at += /^\?(?::|<?[=!]|<[^>]*>)/.exec(this.pattern.slice(this.at))?.[0].length ?? 0
    const text = this.read()
    this.at++
    return isLook ? '' : text
  }

  private skipBranches(): void {
    for (let depth = 0; this.at < this.pattern.length; this.at++) {
      const char = this.peek()
      if (char === '\\') this.at++
      else if (char === '(') depth++
      else if (char === ')' && depth-- === 0) return
    }
  }

  private oneOf(): string {
    const end = /^\^?\]?(?:\\.|[^\]\\])*/.exec(this.pattern.slice(this.at))?.[0].length ?? 0
    const inside = this.pattern.slice(this.at, this.at + end)
    this.at += end + 1
    const allowed = regularExpression(`^[${inside}]$`)
    const letters = 'aA0-_. bcdefghijklmnopqrstuvwxyzBCDEFGHIJKLMNOPQRSTUVWXYZ123456789/+:#@!'
    return [...letters].find((letter) => allowed?.test(letter)) ?? inside[0] ?? ''
  }

  private repeated(text: string): string {
    const found = /^(?:([*+?])|\{(\d+)(,?)(\d*)\})\??/.exec(this.pattern.slice(this.at))
    if (!found) return text
    const [whole, mark, least, comma, most] = found
    this.at += whole.length
    if (mark === '?') return this.more > 0 ? text : ''
    if (mark !== undefined) return text.repeat(Math.max(mark === '+' ? 1 : 0, this.more))
    const limit = comma === '' ? Number(least) : Number(most || Infinity)
    return text.repeat(Math.min(Math.max(Number(least), this.more), limit))
  }
}

function escaped(char: string): string {
  const known: Readonly<Record<string, string>> = {
    d: '0',
    w: 'a',
    s: ' ',
    D: 'a',
    W: '-',
    S: 'a',
    t: '\t',
    n: '\n',
    b: '',
    B: '',
  }
  return known[char] ?? char
}
