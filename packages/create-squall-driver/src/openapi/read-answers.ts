import type { DocumentNode } from './document-node.ts'
import type { Documents } from './documents.ts'
import type { Answer } from './operation.ts'
import { isJson } from './read-inputs.ts'

/** The answers that an operation may give: first single statuses, then ranges, then what is left. */
export function readAnswers(operation: DocumentNode, documents: Documents): readonly Answer[] {
  const declared = operation
    .get('responses')
    .members.filter(([key]) => /^([1-5](\d\d|XX)|default)$/i.test(key))
  const answers = declared.map(([key, node]) => answerOf(key, documents.follow(node)))
  return answers.sort((a, b) => rank(a) - rank(b))
}

function answerOf(key: string, node: DocumentNode): Answer {
  const status = key === 'default' ? key : key.toUpperCase()
  const [mediaType, media] = node.get('content').members.find(([type]) => isJson(type)) ?? []
  if (mediaType !== undefined && media) {
    return { status, schema: media.get('schema'), media, mediaType }
  }
  const [other, text] = node.get('content').members[0] ?? []
  return { status, ...(other === undefined || !text ? {} : { media: text, mediaType: other }) }
}

function rank({ status }: Answer): number {
  if (status === 'default') return 2
  return status.endsWith('XX') ? 1 : 0
}

/** What an action takes for success. */
export function isGood({ status }: Answer): boolean {
  return /^[123]/.test(status)
}
