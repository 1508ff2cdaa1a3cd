/**
 * Translates a pattern of Python's `re` module into a JavaScript regular expression (spec 29.5). Throws a SyntaxError
 * for a pattern that does not compile.
 */
export function pythonRegex(pattern: string): RegExp {
  const match = /^\(\?([aimsux]+)\)/.exec(pattern)
  const flags = match?.[1] ?? ''
  const js = ['i', 's'].filter((flag) => flags.includes(flag)).join('')
  const translated = new Translation(pattern.slice(match?.[0].length ?? 0), flags).run()
  try {
    return new RegExp(translated, `u${js}`)
  } catch (cause) {
    // JavaScript's message shows the translation, which nobody wrote.
    const reason = (cause as Error).message.replace(/^Invalid regular expression: .*: /s, '')
    throw new SyntaxError(reason.toLowerCase(), { cause })
  }
}

type Write = (match: RegExpExecArray) => string
type Rule = readonly [at: RegExp, write: Write]

const refuse =
  (reason: string): Write =>
  (match) => {
    throw new SyntaxError(`${reason}: ${match[0]}`)
  }
const same: Write = (match) => match[0]

/** Where nothing in a text can come before, and where nothing can come after. */
const veryStart = '(?<![\\s\\S])'
const veryEnd = '(?![\\s\\S])'
/** In Python a line ends at `\n` only, in JavaScript at four kinds of line end. */
const lineEnds: readonly Rule[] = [
  [/\^/y, () => `(?:${veryStart}|(?<=\\n))`],
  [/\$/y, () => `(?=\\n|${veryEnd})`],
]
/** In Python `\B` does not match in an empty text. */
const notEmpty = `(?!${veryStart}${veryEnd})`

const escapes: readonly Rule[] = [
  [
    /\\([0-3][0-7]{2})/y,
    (match) =>
      `\\x${Number.parseInt(match[1] ?? '', 8)
        .toString(16)
        .padStart(2, '0')}`,
  ],
  [/\\U([0-9a-fA-F]{8})/y, (match) => `\\u{${match[1]}}`],
  [/\\a/y, () => '\\x07'],
  [/\\(?:[bBDsSWnrtvf0]|[1-9]\d?|x[0-9a-fA-F]{2}|u[0-9a-fA-F]{4}|[\\^$.*+?()[\]{}|/])/y, same],
  [/\\[a-zA-Z]/y, refuse('bad escape')],
  // Python allows a backslash before any other character, JavaScript's `u` mode does not.
  [/\\([\s\S])/y, (match) => (match[1] === '-' ? '\\x2d' : (match[1] ?? ''))],
]

const outsideClass: readonly Rule[] = [
  [/\(\?P<(\w+)>/y, (match) => `(?<${match[1]}>`],
  [/\(\?P=(\w+)\)/y, (match) => `\\k<${match[1]}>`],
  [/\(\?#[^)]*\)/y, () => ''],
  [/\(\?<(?![=!])/y, refuse('a named group begins with (?P<')],
  [/\\A/y, () => veryStart],
  [/\\Z/y, () => veryEnd],
  [/[*+?]\+/y, refuse('possessive quantifiers are not supported')],
  [/\{\d+(?:,\d*)?\}/y, same],
  [/\{,(\d*)\}/y, (match) => `{0,${match[1]}}`],
  [/[{}\]]/y, (match) => `\\${match[0]}`],
]

/** Letters, digits and the underscore of all languages, and everything else, as parts of a class. */
const word = '\\p{L}\\p{N}_'
const noWord =
  '\\p{M}\\p{S}\\p{Z}\\p{C}\\p{Pd}\\p{Ps}\\p{Pe}\\p{Pi}\\p{Pf}\\p{Po}\\u203f\\u2040\\u2054\\ufe33\\ufe34\\ufe4d-\\ufe4f\\uff3f'

const digits: readonly Rule[] = [
  [/\\d/y, () => '\\p{Nd}'],
  [/\\D/y, () => '\\P{Nd}'],
]
const unicode: readonly Rule[] = [
  [/\\w/y, () => `[${word}]`],
  [/\\W/y, () => `[${noWord}]`],
  [/\\b/y, () => `(?=(?<=[${word}])(?![${word}])|(?<![${word}])(?=[${word}]))`],
  [/\\B/y, () => `${notEmpty}(?=(?<=[${word}])(?=[${word}])|(?<![${word}])(?![${word}]))`],
  ...digits,
]
const unicodeInClass: readonly Rule[] = [[/\\w/y, () => word], [/\\W/y, () => noWord], ...digits]
const asciiInClass: readonly Rule[] = [[/\\[wWdD]/y, same]]
const ascii: readonly Rule[] = [
  [/\\B/y, () => `${notEmpty}\\B`],
  [/\\s/y, () => '[ \\t\\n\\r\\f\\v]'],
  [/\\S/y, () => '[^ \\t\\n\\r\\f\\v]'],
  [/\\[wWdD]/y, same],
]

class Translation {
  readonly #pattern: string
  readonly #verbose: boolean
  readonly #rules: readonly Rule[]
  readonly #classRules: readonly Rule[]
  #at = 0
  #inClass = false

  constructor(pattern: string, flags: string) {
    this.#pattern = pattern
    this.#verbose = flags.includes('x')
    const isAscii = flags.includes('a')
    // Python's `$` also matches before a newline at the very end.
    const end: readonly Rule[] = flags.includes('m') ? lineEnds : [[/\$/y, () => `(?=\\n?${veryEnd})`]]
    // Python's `.` stops at a newline only, JavaScript's at four kinds of line end.
    const any: readonly Rule[] = flags.includes('s') ? [] : [[/\./y, () => '[^\\n]']]
    this.#rules = [...outsideClass, ...end, ...any, ...(isAscii ? ascii : unicode), ...escapes]
    this.#classRules = [...(isAscii ? asciiInClass : unicodeInClass), ...escapes]
  }

  run(): string {
    let out = ''
    while (this.#at < this.#pattern.length) out += this.#next()
    return out
  }

  #next(): string {
    for (const [at, write] of this.#inClass ? this.#classRules : this.#rules) {
      at.lastIndex = this.#at
      const match = at.exec(this.#pattern)
      if (!match) continue
      this.#at += match[0].length
      return write(match)
    }
    return this.#inClass ? this.#classCharacter() : this.#plainCharacter()
  }

  #plainCharacter(): string {
    const rest = this.#pattern.slice(this.#at)
    const skipped = this.#verbose ? /^(?:[ \t\n\r\v\f]+|#[^\n]*\n?)/.exec(rest)?.[0].length : undefined
    if (skipped !== undefined) {
      this.#at += skipped
      return ''
    }
    // A `]` right after the opening of a class is a literal in Python.
    const opening = /^\[\^?\]?/.exec(rest)?.[0]
    this.#inClass = opening !== undefined
    this.#at += opening?.length ?? 1
    return opening?.replace(']', '\\]') ?? rest[0] ?? ''
  }

  #classCharacter(): string {
    const character = this.#pattern[this.#at] ?? ''
    this.#at += 1
    if (character === ']') this.#inClass = false
    return character === '[' ? '\\[' : character
  }
}
