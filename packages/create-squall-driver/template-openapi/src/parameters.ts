import { ActivityFailed } from '@squall/contract'
import type { Operation, Parameter } from './operation.ts'

/** The arguments of an operation, written as its parameters ask for. */
export interface WrittenParameters {
  readonly path: string
  /** Still as pairs: secrets may join them. */
  readonly query: readonly string[]
  readonly headers: Readonly<Record<string, string>>
  readonly cookies: readonly string[]
}

export function writeParameters(
  { path, parameters }: Operation,
  args: Readonly<Record<string, unknown>>,
): WrittenParameters {
  const given = parameters.filter(
    ({ argument }) => Object.hasOwn(args, argument) && args[argument] !== undefined,
  )
  const of = (place: Parameter['in']) => given.filter((parameter) => parameter.in === place)
  const filled = of('path').reduce(
    (text, parameter) =>
      text.replaceAll(`{${parameter.name}}`, pathPart(parameter, args[parameter.argument])),
    path,
  )
  const headers = of('header').map((parameter) => [
    parameter.name,
    simple(parameter, args[parameter.argument], (text) => text),
  ])
  return {
    path: filled,
    query: of('query').flatMap((parameter) => queryPairs(parameter, args[parameter.argument])),
    headers: Object.fromEntries(headers),
    cookies: of('cookie').flatMap((parameter) => queryPairs(parameter, args[parameter.argument])),
  }
}

/** An empty part, or one that means a folder above, would make it another address. */
function pathPart(parameter: Parameter, value: unknown): string {
  const text = writtenPart(parameter, value)
  if (text !== '' && text !== '.' && text !== '..') return text
  throw new ActivityFailed(`'${parameter.argument}' is '${text}', which leads to another address.`)
}

function writtenPart(parameter: Parameter, value: unknown): string {
  if (parameter.style === 'label') {
    const separator = parameter.explode ? '.' : ','
    return `.${parts(value, parameter.explode ?? false, encodeURIComponent).join(separator)}`
  }
  if (parameter.style !== 'matrix') return simple(parameter, value, encodeURIComponent)
  const pairs = queryPairs({ ...parameter, explode: parameter.explode ?? false }, value)
  return pairs.map((pair) => `;${pair}`).join('')
}

function simple(parameter: Parameter, value: unknown, encode: (text: string) => string): string {
  if (parameter.json) return encode(JSON.stringify(value))
  return parts(value, parameter.explode ?? false, encode).join(',')
}

function queryPairs(parameter: Parameter, value: unknown): readonly string[] {
  const { name, json, style = 'form', explode = style === 'form' || style === 'deepObject' } = parameter
  const key = encodeURIComponent(name)
  if (json) return [`${key}=${encodeURIComponent(JSON.stringify(value))}`]
  if (style === 'deepObject' && isObject(value)) {
    return Object.entries(value).map(
      ([field, each]) => `${key}%5B${encodeURIComponent(field)}%5D=${encoded(each)}`,
    )
  }
  if (explode && Array.isArray(value)) return value.map((each) => `${key}=${encoded(each)}`)
  if (explode && isObject(value)) return parts(value, true, encodeURIComponent)
  const separators: Readonly<Record<string, string>> = { spaceDelimited: '%20', pipeDelimited: '%7C' }
  return [`${key}=${parts(value, false, encodeURIComponent).join(separators[style] ?? ',')}`]
}

/** The items of a list, the fields of an object with their values, or the value itself. */
function parts(value: unknown, explode: boolean, encode: (text: string) => string): readonly string[] {
  if (Array.isArray(value)) return value.map((each) => encode(textOf(each)))
  if (!isObject(value)) return [encode(textOf(value))]
  return Object.entries(value).flatMap(([field, each]) =>
    explode ? [`${encode(field)}=${encode(textOf(each))}`] : [encode(field), encode(textOf(each))],
  )
}

function encoded(value: unknown): string {
  return encodeURIComponent(textOf(value))
}

function textOf(value: unknown): string {
  return typeof value === 'object' ? JSON.stringify(value) : String(value)
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
