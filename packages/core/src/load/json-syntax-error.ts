import { type ParseError, parseTree, printParseErrorCode } from 'jsonc-parser'
import { lineAndColumn } from './line-and-column.ts'

const words: Readonly<Record<string, string>> = {
  InvalidCommentToken: 'JSON has no comments; remove it or make this a .yaml file',
  PropertyNameExpected: 'a key in double quotes is expected',
  ValueExpected: 'a value is expected',
  ColonExpected: "':' is expected after a key",
  CommaExpected: "',' is expected between two entries",
  CloseBraceExpected: "'}' is expected",
  CloseBracketExpected: "']' is expected",
  EndOfFileExpected: 'nothing more is expected after the end of the document',
  UnexpectedEndOfString: 'this text has no closing quote',
  InvalidSymbol: 'this is no JSON value; texts need double quotes',
  InvalidNumberFormat: 'this is no JSON number',
  InvalidEscapeCharacter: 'this is no JSON escape',
  InvalidCharacter: 'this character must be escaped inside a text',
  InvalidUnicode: 'a \\u escape needs four hexadecimal digits',
}

/** Says where and why a text is not JSON. */
export function describeJsonError(text: string, source: string): { at: string; reason: string } {
  if (text.trim() === '') return { at: source, reason: 'the file is empty' }
  const first = firstError(text)
  if (!first) return { at: source, reason: 'this is not JSON' }
  const extra = commaTooMany(text, first.offset)
  if (extra !== undefined) {
    const { line, column } = lineAndColumn(text, extra)
    const reason = 'this is not JSON: nothing follows this comma; remove it'
    return { at: `${source}:${line}:${column}`, reason }
  }
  const { line, column } = lineAndColumn(text, first.offset)
  const code = printParseErrorCode(first.error)
  return { at: `${source}:${line}:${column}`, reason: `this is not JSON: ${words[code] ?? code}` }
}

/** Where a comma stands right before a closing bracket. */
function commaTooMany(text: string, offset: number): number | undefined {
  if (!/[}\]]/.test(text[offset] ?? '')) return undefined
  const before = text.slice(0, offset).trimEnd()
  return before.endsWith(',') ? before.length - 1 : undefined
}

function firstError(text: string): ParseError | undefined {
  const errors: ParseError[] = []
  try {
    parseTree(text, errors, { disallowComments: true })
  } catch (error) {
    // Thousands of open brackets are more than its recursion can follow; what it found before still counts.
    if (!(error instanceof RangeError)) throw error
  }
  return errors[0]
}
