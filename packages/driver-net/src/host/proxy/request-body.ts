import { badBody } from './api-error.ts'

export type Fields = Readonly<Record<string, unknown>>

/** The object that a body holds. Throws as Toxiproxy answers. */
export function fieldsOf(body: unknown): Fields {
  if (typeof body === 'object' && body !== null && !Array.isArray(body)) return body as Fields
  throw badBody('expected an object')
}

export function textOf(fields: Fields, name: string, standard: string): string {
  const value = fields[name] ?? standard
  if (typeof value !== 'string') throw badBody(`${name} must be a text`)
  return value
}

export function flagOf(fields: Fields, name: string, standard: boolean): boolean {
  const value = fields[name] ?? standard
  if (typeof value !== 'boolean') throw badBody(`${name} must be true or false`)
  return value
}

/** At least 0, and at most `most`. */
export function numberOf(fields: Fields, name: string, standard: number, most: number): number {
  const value = fields[name] ?? standard
  if (typeof value !== 'number') throw badBody(`${name} must be a number`)
  if (!(value >= 0 && value <= most)) throw badBody(`${name} must be between 0 and ${most}`)
  return value
}
