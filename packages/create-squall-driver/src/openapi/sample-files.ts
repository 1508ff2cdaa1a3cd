import { before, literal, print } from '../code/code.ts'
import { sampleAnswer, sampleStatus } from './accepted-answers.ts'
import type { DocumentNode } from './document-node.ts'
import type { Documents } from './documents.ts'
import type { Api, Operation, Scheme } from './operation.ts'
import type { SampleValues } from './sample-value.ts'

/** Arguments that an operation accepts: those it needs. */
export function sampleArguments(
  { parameters, body }: Operation,
  values: SampleValues,
): Record<string, unknown> {
  const needed = parameters.filter(({ required }) => required)
  const pairs = needed.map(({ argument, node, schema }) => [argument, values.beside(contentOf(node), schema)])
  // A body is tried even where it may be left out.
  return Object.fromEntries(
    body ? [...pairs, [body.argument, values.beside(body.media, body.schema)]] : pairs,
  )
}

function contentOf(node: DocumentNode): DocumentNode {
  return node.get('content').members[0]?.[1] ?? node
}

/** What the tests give to each activity, and what it has to refuse. */
export function samplesFile(api: Api, values: SampleValues, documents: Documents): string {
  const samples = api.operations.map((operation) => {
    const input = sampleArguments(operation, values)
    const refuses = [
      { input: { ...input, no_such_argument: 1 }, path: [] },
      ...wrongInputs(operation, input, documents),
    ]
    return [operation.activity, { input, status: sampleStatus(sampleAnswer(operation)), refuses }]
  })
  const secrets = Object.values(api.schemes)
    .flatMap((scheme) => [...scheme.secrets])
    .map((name) => [name, `sample ${name}`])
  const addresses = api.servers.map(({ key }) => key)
  return `import type { JsonObject } from '@squall/contract'

/** How an activity is tried. */
export interface ActivitySample {
  readonly input: JsonObject
  /** With which the sample server answers. */
  readonly status: number
  readonly refuses: readonly { readonly input: JsonObject; readonly path: readonly string[] }[]
}

/** Keys of the configuration that say where the service is. */
${print(before('export const addresses: readonly string[] = ', literal(addresses)))}

${print(before('export const secrets: JsonObject = ', literal(Object.fromEntries(secrets))))}

${print(before('export const samples: Readonly<Record<string, ActivitySample>> = ', literal(Object.fromEntries(samples))))}
`
}

/** An argument of a type that cannot be meant. */
function wrongInputs(
  { parameters }: Operation,
  input: Record<string, unknown>,
  documents: Documents,
): readonly { input: Record<string, unknown>; path: readonly string[] }[] {
  const plain = ['string', 'integer', 'number', 'boolean']
  const wrong = parameters.find(({ schema }) => {
    const type = schema && documents.follow(schema).get('type').value
    return typeof type === 'string' && plain.includes(type)
  })
  return wrong ? [{ input: { ...input, [wrong.argument]: {} }, path: [wrong.argument] }] : []
}

/** What the sample server knows, in JSON. */
export function routesFile(api: Api, values: SampleValues): string {
  const routes = api.operations.map((operation) => {
    const answer = sampleAnswer(operation)
    const needed = (place: string): readonly string[] =>
      operation.parameters
        .filter((each) => each.in === place && each.required && !isSpread(each))
        .map(({ name }) => name)
    const hasBody = answer?.media !== undefined && operation.method !== 'HEAD'
    return {
      method: operation.method,
      path: operation.path,
      needs: {
        query: needed('query'),
        header: needed('header'),
        cookie: needed('cookie'),
        body: operation.body?.required ?? false,
      },
      security: operation.security.map((names) => names.map((name) => proofOf(api.schemes[name]))),
      answer: {
        status: sampleStatus(answer),
        ...(hasBody && answer?.media
          ? { type: typeOf(answer.mediaType ?? ''), body: values.beside(answer.media, answer.schema) ?? null }
          : {}),
      },
    }
  })
  return `${JSON.stringify(routes, null, 2)}\n`
}

/** A wildcard is no type that can be sent. */
function typeOf(mediaType: string): string {
  return mediaType.includes('*') ? 'application/json' : mediaType
}

/** The fields of an object stand in the query each by its own name. */
function isSpread({ schema, style, explode, json }: Operation['parameters'][number]): boolean {
  const isList =
    schema?.get('type').value === 'array' ||
    schema?.get('type').value === 'object' ||
    schema?.get('$ref').value !== undefined
  return isList && !json && (style === 'deepObject' || explode !== false)
}

function proofOf(scheme: Scheme | undefined): object {
  if (scheme?.type === 'apiKey') return { in: scheme.in, name: scheme.name }
  return { in: 'header', name: 'Authorization', begins: scheme?.type === 'basic' ? 'Basic ' : 'Bearer ' }
}
