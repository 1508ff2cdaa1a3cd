import type { Found } from './found-secret.ts'
import { formOf, formOfWord, wordOfForm, writtenAs } from './secret-forms.ts'

/** Replaces what was found in a text. */
export function replaced(text: string, found: readonly Found[], mark: (found: Found) => string): string {
  if (found.length === 0) return text
  let result = ''
  let from = 0
  for (const each of found) {
    result += text.slice(from, each.start) + mark(each)
    from = each.end
  }
  return result + text.slice(from)
}

/** A mark that says which secret stood there. */
export function plainMark({ secret }: Found): string {
  return `[secret ${secret.name}]`
}

/** A mark that also says in which form it stood there, so that it can be put in again. */
export function exactMark({ start, end, secret }: Found, text: string): string {
  for (const [before, inner, after] of withoutBackslashes(text.slice(start, end))) {
    const form = formOf(inner, secret.value)
    if (form === 'raw') return `${before}[secret ${secret.name}]${after}`
    if (form !== undefined) return `${before}[secret ${secret.name} as ${wordOfForm(form)}]${after}`
  }
  return `[secret ${secret.name} as other]`
}

/** Backslashes around a secret may be its own, an encoder's or neither; those that stay outside say nothing. */
function withoutBackslashes(stretch: string): [before: string, inner: string, after: string][] {
  const leading = /^\\*/.exec(stretch)?.[0].length ?? 0
  const trailing = /\\*$/.exec(stretch)?.[0].length ?? 0
  const lengths = (most: number): number[] => [...Array(most + 1).keys()]
  return lengths(leading).flatMap((before) =>
    lengths(trailing).map((after): [string, string, string] => {
      const end = stretch.length - after
      return [stretch.slice(0, before), stretch.slice(before, end), stretch.slice(end)]
    }),
  )
}

/** Puts secrets in again where exact marks stand for them. A mark whose form is not known stays. */
export function unmarked(
  text: string,
  names: readonly string[],
  secretOf: (name: string) => string | undefined,
): string {
  const marks = new RegExp(`\\[secret (${names.map(escaped).join('|')})(?: as ([a-z0-9-]+))?\\]`, 'g')
  return text.replace(marks, (mark, name: string, word: string | undefined) => {
    const form = formOfWord(word)
    const value = form === undefined ? undefined : secretOf(name)
    return form === undefined || value === undefined ? mark : writtenAs(value, form)
  })
}

function escaped(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&')
}
