import type { DocumentNode } from './document-node.ts'
import { type Documents, invalid } from './documents.ts'
import type { Scheme } from './operation.ts'
import { Names, snakeCase } from './words.ts'

/** The security schemes of a document that a driver can serve, each with the secrets it takes. */
export function readSchemes(documents: Documents): Readonly<Record<string, Scheme>> {
  const names = new Names()
  const declared = documents.root.get('components').get('securitySchemes').members
  const schemes = declared.flatMap(([key, node]) => {
    const scheme = readScheme(documents.follow(node), names.take(snakeCase(key, 'secret'), '_'))
    return scheme ? [[key, scheme] as const] : []
  })
  return Object.fromEntries(schemes)
}

function readScheme(node: DocumentNode, secret: string): Scheme | undefined {
  const [type, name] = [node.get('type').text, node.get('name').text]
  const kind = type === 'http' ? node.get('scheme').text?.toLowerCase() : type
  if (kind === 'basic') return { type: 'basic', secrets: [`${secret}_username`, `${secret}_password`] }
  if (kind === 'apiKey' && name !== undefined) {
    return { type: 'apiKey', in: node.get('in').text ?? 'header', name, secrets: [secret] }
  }
  // However a token was got, it is shown in the same way.
  const isToken = ['bearer', 'oauth2', 'openIdConnect'].includes(kind ?? '')
  return isToken ? { type: 'bearer', secrets: [secret] } : undefined
}

/**
 * The alternatives of an operation that can be served. Undefined when there are some and none can. Throws
 * `SQUALL_OPENAPI_INVALID` for a scheme that the document does not declare.
 */
export function readSecurity(
  operation: DocumentNode,
  documents: Documents,
  schemes: Readonly<Record<string, Scheme>>,
): readonly (readonly string[])[] | undefined {
  const own = operation.get('security')
  const asked = (own.value === undefined ? documents.root.get('security') : own).items
  const declared = documents.root.get('components').get('securitySchemes')
  for (const [name, node] of asked.flatMap(({ members }) => members)) {
    if (declared.get(name).value !== undefined) continue
    throw invalid(node, `There is no security scheme '${name}' in components.securitySchemes.`)
  }
  const alternatives = asked.map(({ members }) => members.map(([name]) => name))
  const served = alternatives.filter((names) => names.every((name) => schemes[name] !== undefined))
  return served.length === 0 && alternatives.length > 0 ? undefined : served
}
