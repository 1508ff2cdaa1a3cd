import { isObject, SquallError } from '@squall/contract'
import type { DocumentNode } from './document-node.ts'
import { invalid } from './documents.ts'

/** What ajv says, as far as it is read. */
interface ErrorObject {
  readonly instancePath: string
  readonly keyword: string
  readonly params: Readonly<Record<string, unknown>>
  /** Of an error about a name itself; the error `propertyNames` says the same with the place. */
  readonly propertyName?: string
  readonly message?: string
}

const mostProblems = 5
/** What a choice of schemas says when one of its branches was refused: the branch says more. */
const silent = ['if', 'oneOf', 'anyOf', 'allOf', 'not', '$dynamicRef', '$ref']

/**
 * Holds a document to the schema of its version of OpenAPI. Throws `SQUALL_OPENAPI_INVALID` with the places that are
 * wrong, and what to do about a version that is not known.
 */
export async function checkDocument(root: DocumentNode): Promise<void> {
  checkVersion(root)
  const { Validator } = await import('@seriousme/openapi-schema-validator')
  const { valid, errors } = await new Validator().validate(
    withoutReferences(root.value) as Record<string, unknown>,
  )
  if (valid) return
  const found = Array.isArray(errors) ? (errors as readonly ErrorObject[]) : []
  if (found.length === 0) throw invalid(root, String(errors))
  const problems = [...new Set(telling(found).map((error) => problemText(root, error)))]
  const shown = problems.slice(0, mostProblems)
  const left = problems.length - shown.length
  if (left > 0) shown.push(`and ${left} more`)
  throw new SquallError('SQUALL_OPENAPI_INVALID', {
    file: root.file.name,
    problems: shown.map((problem) => `  ${problem}`).join('\n'),
  })
}

/**
 * Where references lead is looked at when they are followed; the validator knows one file only. Different ones stay
 * different, since a list of parameters may hold none twice.
 */
function withoutReferences(document: unknown): Record<string, unknown> {
  const targets: string[] = []
  const placeOf = (reference: string): string => {
    if (!targets.includes(reference)) targets.push(reference)
    return `#/x-references/${targets.indexOf(reference)}`
  }
  const copy = copied(document, placeOf) as Record<string, unknown>
  return { ...copy, 'x-references': targets }
}

function copied(value: unknown, placeOf: (reference: string) => string): unknown {
  if (Array.isArray(value)) return value.map((each) => copied(each, placeOf))
  if (!isObject(value)) return value
  const entries = Object.entries(value).map(([key, each]) => [
    key,
    key === '$ref' && typeof each === 'string' ? placeOf(each) : copied(each, placeOf),
  ])
  return Object.fromEntries(entries)
}

function checkVersion(root: DocumentNode): void {
  const version = root.get('openapi')
  if (!isObject(root.value)) throw invalid(root, 'An OpenAPI document is an object.')
  if (typeof version.value === 'string' && /^3\.[01]\.\d/.test(version.value)) return
  if (root.get('swagger').value !== undefined) {
    const hint = 'Convert it to OpenAPI 3 first: editors and converters for OpenAPI do that.'
    throw invalid(root.get('swagger'), 'This is Swagger 2; OpenAPI 3.0 and 3.1 are read.', { hint })
  }
  const hint = 'Begin the document with `openapi: 3.1.0`, or give the file that does.'
  const said = version.value === undefined ? 'There is no `openapi`' : `\`openapi\` is ${version.value}`
  throw invalid(version, `${said}; OpenAPI 3.0 and 3.1 are read.`, { hint })
}

/** The errors that say something, the deepest ones where several are about one thing. */
function telling(errors: readonly ErrorObject[]): readonly ErrorObject[] {
  const said = errors
    .filter(({ keyword }) => !silent.includes(keyword))
    .filter((error) => !saysNothing(error))
  return said.length > 0 ? said : errors
}

function saysNothing({ keyword, params, propertyName }: ErrorObject): boolean {
  return (keyword === 'required' && params['missingProperty'] === '$ref') || propertyName !== undefined
}

function problemText(root: DocumentNode, error: ErrorObject): string {
  const keys = error.instancePath
    .split('/')
    .slice(1)
    .map((step) => step.replaceAll('~1', '/').replaceAll('~0', '~'))
  const stray = error.params['additionalProperty'] ?? error.params['unevaluatedProperty']
  const place = root.file.place(typeof stray === 'string' ? [...keys, stray] : keys)
  const what = keys.length === 0 ? 'The document' : keys.join('.')
  const named = error.params['propertyName']
  if (typeof named === 'string') {
    return `${root.file.place([...keys, named])}: '${named}' cannot be a name in ${what}.`
  }
  if (typeof stray === 'string') return `${place}: ${what} has no field '${stray}'.`
  const allowed = error.params['allowedValues']
  const values = Array.isArray(allowed) ? `: ${allowed.join(', ')}` : ''
  return `${place}: ${what} ${error.message ?? 'is not valid'}${values}.`
}
