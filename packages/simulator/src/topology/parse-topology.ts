import { issuePath, type SchemaIssue, SquallError } from '@squall/contract'
import { findNodeAtLocation, type ParseError, parseTree, printParseErrorCode } from 'jsonc-parser'
import { type Topology, topologySchema } from './topology.ts'
import { topologyProblems } from './topology-problems.ts'

/** Checks an object. Throws `SQUALL_TOPOLOGY_INVALID`, naming every place. */
export function checkTopology(value: unknown, source = 'topology'): Topology {
  return checked(value, source, (path) => `${source}, ${written(path)}`)
}

/** Reads the text of a topology file. Throws `SQUALL_TOPOLOGY_INVALID`, naming line and column of every place. */
export function parseTopology(text: string, source: string): Topology {
  if (text.trim() === '') throw invalid(source, [`${place(text, source, 0)}: the file is empty`])
  const errors: ParseError[] = []
  const tree = parseTree(text, errors, { disallowComments: true })
  const [first] = errors
  if (first || !tree) {
    const reason = first ? printParseErrorCode(first.error) : 'no value'
    throw invalid(source, [`${place(text, source, first?.offset ?? 0)}: this is not JSON (${reason})`])
  }
  return checked(JSON.parse(text), source, (path) => {
    const node = nearest(path, (shorter) => findNodeAtLocation(tree, shorter))
    return `${place(text, source, node?.offset ?? 0)}, ${written(path)}`
  })
}

function checked(value: unknown, source: string, placeOf: (path: (string | number)[]) => string): Topology {
  const result = topologySchema.safeParse(value)
  const issues = result.success ? topologyProblems(result.data) : flat(result.error.issues)
  if (issues.length > 0) {
    throw invalid(
      source,
      issues.map((issue) => `${placeOf(issuePath(issue))}: ${issue.message}`),
    )
  }
  return result.data as Topology
}

interface ZodIssue extends SchemaIssue {
  readonly errors?: readonly (readonly ZodIssue[])[]
}

/** Of the forms an entry may have, the problems of the one that fits best. */
function flat(issues: readonly unknown[]): SchemaIssue[] {
  return (issues as ZodIssue[]).flatMap(({ path = [], message, errors }) => {
    const closest = errors?.toSorted((a, b) => a.length - b.length)[0]
    if (!closest) return [{ path, message }]
    return flat(closest).map((issue) => ({ ...issue, path: [...path, ...(issue.path ?? [])] }))
  })
}

function nearest<Found>(
  path: (string | number)[],
  find: (shorter: (string | number)[]) => Found | undefined,
): Found | undefined {
  for (let length = path.length; length >= 0; length -= 1) {
    const found = find(path.slice(0, length))
    if (found) return found
  }
  return undefined
}

function place(text: string, source: string, offset: number): string {
  const before = text.slice(0, offset).split('\n')
  return `${source}:${before.length}:${(before.at(-1)?.length ?? 0) + 1}`
}

function written(path: readonly (string | number)[]): string {
  if (path.length === 0) return 'the whole'
  return path
    .map((step) => (typeof step === 'number' ? `[${step}]` : `.${step}`))
    .join('')
    .replace(/^\./, '')
}

function invalid(source: string, problems: readonly string[]): SquallError {
  return new SquallError('SQUALL_TOPOLOGY_INVALID', { source, problems: problems.join('; ') })
}
