import { type Base64Piece, base64PieceOf, base64Text } from './base64.ts'

/** How a secret stands in a text: as it is, or encoded. Another process can write it down the same way again. */
export type SecretForm = 'raw' | 'url' | 'form' | 'json' | Base64Piece

const written: Readonly<Record<Exclude<SecretForm, Base64Piece>, (value: string) => string>> = {
  raw: (value) => value,
  url: (value) => encodeURIComponent(wellFormed(value)),
  form: (value) => new URLSearchParams({ '': value }).toString().slice(1),
  json: (value) => JSON.stringify(value).slice(1, -1),
}

type NamedForm = keyof typeof written
const namedForms = Object.keys(written) as NamedForm[]

/** Writes a secret in a form. */
export function writtenAs(value: string, form: SecretForm): string {
  return typeof form === 'string' ? written[form](value) : base64Text(value, form)
}

/** The form in which `text` is `value`, or undefined when it is one that cannot be told exactly. */
export function formOf(text: string, value: string): SecretForm | undefined {
  return namedForms.find((form) => written[form](value) === text) ?? base64PieceOf(text, value)
}

/** Every form of a secret that does not depend on what stands around it. */
export function allForms(value: string): string[] {
  const pieces = ([0, 1, 2] as const).flatMap((alignment) =>
    [false, true].map((isUrlSafe) =>
      base64Text(value, { alignment, isUrlSafe, before: 0, after: 0 }).slice(alignment === 0 ? 0 : 1),
    ),
  )
  return [...new Set([...namedForms.map((form) => written[form](value)), ...pieces])]
}

const formText = /^(?:(url|form|json)|(base64(?:url)?)-([012])-(\d+)-(\d+))$/

/** A form as a word, such as `url` or `base64-1-3-0`; nothing for a secret that stands there as it is. */
export function wordOfForm(form: SecretForm): string {
  if (typeof form === 'string') return form === 'raw' ? '' : form
  return `base64${form.isUrlSafe ? 'url' : ''}-${form.alignment}-${form.before}-${form.after}`
}

export function formOfWord(word: string | undefined): SecretForm | undefined {
  if (word === undefined) return 'raw'
  const [, named, base64, alignment, before, after] = formText.exec(word) ?? []
  if (named !== undefined) return named as NamedForm
  if (base64 === undefined) return undefined
  return {
    alignment: Number(alignment) as Base64Piece['alignment'],
    isUrlSafe: base64 === 'base64url',
    before: Number(before),
    after: Number(after),
  }
}

function wellFormed(text: string): string {
  return new TextDecoder().decode(new TextEncoder().encode(text))
}
