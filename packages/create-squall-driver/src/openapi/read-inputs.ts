import type { DocumentNode } from './document-node.ts'
import type { Documents } from './documents.ts'
import type { Parameter, Place, RequestBody } from './operation.ts'
import { Names, snakeCase } from './words.ts'

const places: readonly string[] = ['path', 'query', 'header', 'cookie'] satisfies Place[]
/** The document names them for readers only: what they say comes from elsewhere. */
const ownHeaders = ['accept', 'content-type', 'authorization']

export interface Inputs {
  readonly parameters: readonly Parameter[]
  readonly body?: RequestBody
  /** Why the operation cannot be called. */
  readonly obstacle?: string
}

/** What an operation is called with: its parameters, those of its path, and its body. */
export function readInputs(pathItem: DocumentNode, operation: DocumentNode, documents: Documents): Inputs {
  // `body` is the request's, whatever a parameter is called.
  const names = new Names(['body'])
  const parameters = declared(pathItem, operation, documents).map((node) => parameterOf(node, names))
  const request = documents.follow(operation.get('requestBody'))
  if (request.value === undefined) return { parameters }
  const required = request.get('required').value === true
  const [mediaType, media] = request.get('content').members.find(([type]) => isWritten(type)) ?? []
  if (mediaType === undefined || media === undefined) {
    const types = request.get('content').members.map(([type]) => type)
    const obstacle = `its body is ${types.join(' or ') || 'of no type'}, and JSON or text is needed`
    return required ? { parameters, obstacle } : { parameters }
  }
  const schema = media.get('schema')
  const body = { argument: 'body', required, mediaType, media, description: request.get('description').text }
  return { parameters, body: { ...body, schema: schema.value === undefined ? undefined : schema } }
}

export function isJson(mediaType: string): boolean {
  return /^application\/(?:[\w.-]+\+)?json\b/i.test(mediaType) || /^\*\/\*|^application\/\*/.test(mediaType)
}

function isWritten(mediaType: string): boolean {
  return isJson(mediaType) || /^text\//i.test(mediaType)
}

/** Those of the operation replace those of the path that have the same name and place. */
function declared(pathItem: DocumentNode, operation: DocumentNode, documents: Documents): DocumentNode[] {
  const found = new Map<string, DocumentNode>()
  for (const each of [...pathItem.get('parameters').items, ...operation.get('parameters').items]) {
    const node = documents.follow(each)
    const [name, place] = [node.get('name').text ?? '', node.get('in').text ?? '']
    const isOwn = place === 'header' && ownHeaders.includes(name.toLowerCase())
    if (places.includes(place) && !isOwn) found.set(`${place} ${name}`, node)
  }
  return [...found.values()]
}

function parameterOf(node: DocumentNode, names: Names): Parameter {
  const name = node.get('name').text ?? ''
  const place = node.get('in').text as Place
  const [style, explode] = [node.get('style').text, node.get('explode').value]
  const content = node.get('content').members[0]
  const schema = content ? content[1].get('schema') : node.get('schema')
  return {
    argument: names.take(snakeCase(name, 'parameter'), '_'),
    name,
    in: place,
    required: place === 'path' || node.get('required').value === true,
    ...(style === undefined ? {} : { style }),
    ...(typeof explode === 'boolean' ? { explode } : {}),
    ...(content ? { json: true } : {}),
    schema: schema.value === undefined ? undefined : schema,
    description: node.get('description').text,
    node,
  }
}
