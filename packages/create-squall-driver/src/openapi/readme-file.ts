import type { DriverNames } from '../driver-names.ts'
import type { DocumentNode } from './document-node.ts'
import type { Documents } from './documents.ts'
import { apiSummary } from './driver-files.ts'
import { exampleVariables, sampleAddress } from './experiment-file.ts'
import type { Api, Operation, Scheme } from './operation.ts'

/** The README of a driver that was made from a document, with the headings that every driver's has. */
export function readmeFile(names: DriverNames, api: Api, documents: Documents): string {
  const variables = exampleVariables(names, api)
  const before = variables.map(({ name }) => `${name}=letmein `).join('')
  return `# ${names.package}

A driver for squall. ${apiSummary(api)}

## Install

\`\`\`sh
npm install --save-dev ${names.package}
\`\`\`

## Try it

The sample server answers as the document says, on ${sampleAddress}:

\`\`\`sh
node example/server.mjs &
${before}npx squall run example/experiment.json --driver .
\`\`\`

Where the service is, a configuration says; without that it is the address of the document:

${table(
  ['configuration', 'without it'],
  api.servers.map(({ key, url }) => [code(key), url === undefined ? 'the activity fails' : url]),
)}
${secretsPart(names, api)}## Activities

${table(
  ['activity', 'kind', 'what it does', 'arguments', 'request'],
  api.operations.map((each) => row(each, documents)),
)}
Each answers with \`{"status": 200, "body": ...}\`, so a tolerance may be a status.

## What it touches and how it undoes it

Probes send GET, HEAD or OPTIONS. The targets of an action are its method and address, without the query.

No action is undone: a document says what can be called, not what a call means. Declare a rollback, or add the undo where
you know it: choose the name of what is made before the call, \`await context.undo(name, arguments)\`, then call.
${opposites(api)}
## Platforms

Wherever Node 20.18.1 or later runs. No privileges.

## Errors

A probe succeeds with every answer that the document describes, an action with those that are no error. Any other answer
fails the activity, and so does a body that is not what the document says, a service that does not answer, a missing
secret and a part of the path that is empty. Where the document is wrong and not the service, mend \`src/schemas.ts\`.

## Limits

Bodies are JSON or text. A redirect is followed unless the document describes it. Each call has a connection of its own,
without a proxy. An authority of your own is trusted when \`NODE_EXTRA_CA_CERTS\` names it.
`
}

function row(
  { activity, kind, summary, parameters, body, method, path }: Operation,
  documents: Documents,
): readonly string[] {
  const fields = [...parameters, ...(body ? [body] : [])]
  const sorted = [...fields].sort((a, b) => Number(b.required) - Number(a.required))
  const texts = sorted.map(({ argument, required, schema }) => {
    const type = schema ? typeWord(documents.follow(schema)) : 'anything'
    return `${code(argument)} ${type}${required ? '' : ' (optional)'}`
  })
  return [code(activity), kind, summary, texts.join(', ') || 'none', code(`${method} ${path}`)]
}

function typeWord(schema: DocumentNode): string {
  const types = [schema.get('type').value]
    .flat()
    .filter((type) => typeof type === 'string' && type !== 'null')
  const words = types.map((type) => ({ integer: 'number', array: 'list' })[type as string] ?? String(type))
  const isObject = ['properties', 'allOf'].some((key) => schema.get(key).value !== undefined)
  return words.join(' or ') || (isObject ? 'object' : 'anything')
}

function secretsPart({ driver }: DriverNames, { schemes }: Api): string {
  const rows = Object.values(schemes).flatMap((scheme) =>
    scheme.secrets.map((secret) => [code(secret), useOf(scheme)]),
  )
  if (rows.length === 0) return ''
  return `Secrets, of the group that the \`secrets\` of a provider names, here \`"secrets": ["${driver}"]\`:

${table(['secret', 'is sent as'], rows)}
`
}

function useOf(scheme: Scheme): string {
  if (scheme.type === 'bearer') return 'bearer token'
  return scheme.type === 'basic' ? 'Basic authentication' : `${scheme.in} ${code(scheme.name)}`
}

function opposites({ operations }: Api): string {
  const pairs = operations.filter(({ removedBy }) => removedBy !== undefined)
  if (pairs.length === 0) return ''
  const rows = pairs.map(({ activity, removedBy }) => [code(activity), code(removedBy ?? '')])
  return `\nGoing by their paths, these are opposites:\n\n${table(['makes', 'removes'], rows)}`
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const all = [head, ...rows].map((cells) =>
    cells.map((text) => text.replaceAll('|', '\\|').replaceAll(/\s+/g, ' ')),
  )
  const widths = head.map((_, column) => Math.max(3, ...all.map((cells) => cells[column]?.length ?? 0)))
  const line = (cells: readonly string[]): string =>
    `| ${widths.map((width, column) => (cells[column] ?? '').padEnd(width)).join(' | ')} |\n`
  const rule = `| ${widths.map((width) => '-'.repeat(width)).join(' | ')} |\n`
  const [first = [], ...others] = all
  return line(first) + rule + others.map(line).join('')
}

function code(text: string): string {
  return `\`${text}\``
}
