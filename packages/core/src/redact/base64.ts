const digits = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/'

/** Long texts are wrapped, also where they were escaped for JSON afterwards. */
const lineEnd = String.raw`(?:[\r\n]|\\+[rn])*`

/**
 * Regular expressions, one for each digit, that find a value inside any base64 text, standard or URL-safe. The base64
 * form of what it stands in depends on how many bytes precede it, by thirds, so there are three sequences; the first and
 * last digit of each may hold bits of a neighbour too.
 */
export function base64Patterns(value: string): string[][] {
  return alignments.map((alignment) => {
    const patterns = sextets(value, alignment).map((bits) => digitPattern(candidates(bits)))
    return patterns.map((pattern, at) => (at === 0 ? pattern : lineEnd + pattern))
  })
}

/** The digits that belong to a value alone, for each alignment. */
export function base64Digits(value: string): string[] {
  return alignments.map((alignment) =>
    sextets(value, alignment)
      .filter((bits) => !bits.includes('?'))
      .map((bits) => digits.charAt(Number.parseInt(bits, 2)))
      .join(''),
  )
}

/** Where in its group of three bytes a value begins. */
export const alignments = [0, 1, 2] as const
export type Alignment = (typeof alignments)[number]

/** The part of a base64 text that a value makes up, and the bits of its neighbours in the first and last digit. */
export interface Base64Piece {
  readonly alignment: Alignment
  readonly isUrlSafe: boolean
  readonly before: number
  readonly after: number
}

/** Tells which piece `text` is, when it is one of `value`. */
export function base64PieceOf(text: string, value: string): Base64Piece | undefined {
  for (const alignment of alignments) {
    const choices = sextets(value, alignment).map(candidates)
    const indexes = [...text].map(indexOfDigit)
    if (indexes.length !== choices.length) continue
    const places = choices.map((choice, at) => choice.indexOf(indexes[at] ?? -1))
    if (places.includes(-1)) continue
    const piece = {
      alignment,
      isUrlSafe: /[-_]/.test(text),
      before: places[0] ?? 0,
      after: places.at(-1) ?? 0,
    }
    if (base64Text(value, piece) === text) return piece
  }
  return undefined
}

/** Writes the piece down again. */
export function base64Text(value: string, { alignment, isUrlSafe, before, after }: Base64Piece): string {
  const choices = sextets(value, alignment).map(candidates)
  const text = choices
    .map((choice, at) => {
      const place = at === 0 ? before : at === choices.length - 1 ? after : 0
      return digits.charAt(choice[place] ?? 0)
    })
    .join('')
  return isUrlSafe ? text.replaceAll('+', '-').replaceAll('/', '_') : text
}

/** The bits of a value in groups of six, `?` for those of a neighbour. */
function sextets(value: string, alignment: Alignment): string[] {
  const own = [...new TextEncoder().encode(value)].map((byte) => byte.toString(2).padStart(8, '0')).join('')
  const led = '?'.repeat((alignment * 8) % 6) + own
  const whole = led.padEnd(Math.ceil(led.length / 6) * 6, '?')
  return whole.match(/.{6}/g) ?? []
}

/** The digits that agree with some bits, in order. */
function candidates(bits: string): number[] {
  if (!bits.includes('?')) return [Number.parseInt(bits, 2)]
  const agrees = new RegExp(`^${bits.replaceAll('?', '.')}$`)
  return [...digits].flatMap((_, index) => (agrees.test(index.toString(2).padStart(6, '0')) ? [index] : []))
}

function digitPattern(indexes: readonly number[]): string {
  const plain = indexes.filter((index) => index < 62).map((index) => digits.charAt(index))
  const special = indexes.flatMap((index) =>
    index === 62 ? ['[+-]', '%2[bB]'] : index === 63 ? [String.raw`\\*[/_]`, '%2[fF]'] : [],
  )
  const alternatives = [
    ...(plain.length > 0 ? [plain.length === 1 ? plain.join('') : `[${plain.join('')}]`] : []),
    ...special,
  ]
  return alternatives.length === 1 ? alternatives.join('') : `(?:${alternatives.join('|')})`
}

function indexOfDigit(digit: string): number {
  if (digit === '-') return 62
  return digit === '_' ? 63 : digits.indexOf(digit)
}
