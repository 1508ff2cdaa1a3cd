import { SquallError } from '@squall/contract'
import type { DocumentNode } from './document-node.ts'
import type { Documents } from './documents.ts'
import { nearest } from './nearest.ts'
import type { Api, Operation, Scheme } from './operation.ts'
import { readAnswers } from './read-answers.ts'
import { readInputs } from './read-inputs.ts'
import { readSchemes, readSecurity } from './read-security.ts'
import { Servers } from './read-servers.ts'
import { removers } from './removers.ts'
import { firstSentence } from './schema-words.ts'
import { constantOf, Names, snakeCase } from './words.ts'

const methods = ['get', 'head', 'options', 'put', 'post', 'patch', 'delete', 'trace']
const probing = ['get', 'head', 'options']
/** Names that the module of an activity uses itself. */
const used = ['z', 'operation', 'answers', 'call', 'targetsOf', 'resultOf', 'defineProbe', 'defineAction']
const usedByIndex = ['driver', 'defineDriver', 'Driver']

/** Where an operation stands in the document. */
interface Found {
  readonly method: string
  readonly path: string
  readonly node: DocumentNode
  readonly pathItem: DocumentNode
}

/**
 * Reads what a driver is made of. `only` picks operations by operationId, by the name of the activity, by tag or as
 * `METHOD /path`. Throws `SQUALL_OPENAPI_INVALID` and `SQUALL_OPENAPI_EMPTY`.
 */
export function readApi(documents: Documents, driver: string, only: readonly string[]): Api {
  const { root } = documents
  const found = operationsOf(documents)
  const chosen = choose(found, only, root)
  const servers = new Servers(driver, root)
  const schemes = readSchemes(documents)
  const reader = new OperationReader(documents, servers, schemes)
  const read = chosen.flatMap((each) => reader.read(each) ?? [])
  if (read.length === 0) {
    const reason = found.length === 0 ? 'it has none' : reader.notices.join('; ')
    throw new SquallError('SQUALL_OPENAPI_EMPTY', { file: root.file.name, reason })
  }
  const usedSchemes = new Set(read.flatMap(({ security }) => security.flat()))
  return {
    title: root.get('info').get('title').text ?? driver,
    version: String(root.get('info').get('version').value ?? ''),
    operations: removers(read),
    schemes: Object.fromEntries(Object.entries(schemes).filter(([name]) => usedSchemes.has(name))),
    servers: servers.all.filter(({ key }) => read.some(({ server }) => server === key)),
    notices: reader.notices,
  }
}

function operationsOf(documents: Documents): readonly Found[] {
  return documents.root.get('paths').members.flatMap(([path, item]) => {
    const pathItem = documents.follow(item)
    return pathItem.members
      .filter(([method]) => methods.includes(method))
      .map(([method, node]) => ({ method, path, node, pathItem }))
  })
}

function choose(found: readonly Found[], only: readonly string[], root: DocumentNode): readonly Found[] {
  if (only.length === 0) return found
  const known = [...new Set(found.flatMap(wordsFor))]
  const unknown = only.find((word) => !known.includes(word))
  if (unknown !== undefined) {
    const like = nearest(unknown, known)
    const hint = like === undefined ? {} : { hint: `Did you mean '${like}' in place of '${unknown}'?` }
    const reason = `nothing in it is called '${unknown}'`
    throw new SquallError('SQUALL_OPENAPI_EMPTY', { file: root.file.name, reason }, hint)
  }
  return found.filter((each) => wordsFor(each).some((word) => only.includes(word)))
}

function wordsFor({ method, path, node, pathItem }: Found): readonly string[] {
  const id = node.get('operationId').text
  const tags = node.get('tags').items.flatMap(({ text }) => text ?? [])
  const ids = [...(id === undefined ? [] : [id]), snakeCase(nameOf({ method, path, node, pathItem }), method)]
  return [...ids, ...tags, `${method.toUpperCase()} ${path}`]
}

class OperationReader {
  readonly notices: string[] = []
  private readonly documents: Documents
  private readonly servers: Servers
  private readonly schemes: Readonly<Record<string, Scheme>>
  private readonly activities = new Names()
  private readonly constants = new Names([...used, ...usedByIndex])

  constructor(documents: Documents, servers: Servers, schemes: Readonly<Record<string, Scheme>>) {
    this.documents = documents
    this.servers = servers
    this.schemes = schemes
  }

  read(found: Found): Operation | undefined {
    const { method, path, node, pathItem } = found
    const title = `${method.toUpperCase()} ${path}`
    const { parameters, body, obstacle } = readInputs(pathItem, node, this.documents)
    const security = readSecurity(node, this.documents, this.schemes)
    const left = this.whyNot(method, obstacle, security === undefined, parameters.length, path)
    if (left !== undefined || security === undefined) {
      this.notices.push(`${title} is left out: ${left}.`)
      return undefined
    }
    const activity = this.activities.take(snakeCase(nameOf(found), method), '_')
    const isProbe = probing.includes(method)
    if (body && isProbe)
      this.notices.push(`The body of ${title} is not sent: no ${method.toUpperCase()} has one.`)
    return {
      activity,
      constant: constantOf(activity, this.constants),
      kind: isProbe ? 'probe' : 'action',
      method: method.toUpperCase(),
      path,
      summary: summaryOf(node, title),
      parameters,
      ...(body && !isProbe ? { body } : {}),
      answers: readAnswers(node, this.documents),
      security,
      server: this.servers.keyOf(node, pathItem),
    }
  }

  private whyNot(
    method: string,
    obstacle: string | undefined,
    isLocked: boolean,
    count: number,
    path: string,
  ): string | undefined {
    if (method === 'trace') return 'Node.js does not send TRACE'
    if (isLocked) return 'none of the ways in that it names is known here'
    const holes = path.match(/\{[^{}]+\}/g)?.length ?? 0
    return holes > count ? 'its path has a part that no parameter fills' : obstacle
  }
}

function nameOf({ method, path, node }: Found): string {
  const id = node.get('operationId').text
  return id !== undefined && /[a-z]/i.test(id) ? id : `${method} ${path}`
}

function summaryOf(node: DocumentNode, title: string): string {
  const told = firstSentence(node.get('summary').text ?? node.get('description').text) ?? `Calls ${title}.`
  const sentence = /[.!?]$/.test(told) ? told : `${told}.`
  return node.get('deprecated').value === true ? `${sentence} Deprecated.` : sentence
}
