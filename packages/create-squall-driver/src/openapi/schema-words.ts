import type { DocumentNode } from './document-node.ts'

/** The types a schema names, or the one that its other words are about. */
export function typesOf(node: DocumentNode): readonly string[] {
  const { value } = node.get('type')
  if (typeof value === 'string') return [value]
  if (Array.isArray(value)) return value.filter((each) => typeof each === 'string')
  const about = [
    ['object', ['properties', 'required', 'additionalProperties']],
    ['array', ['items', 'prefixItems']],
    ['string', ['pattern', 'minLength', 'maxLength']],
  ] as const
  const found = about.find(([, words]) => words.some((word) => node.get(word).value !== undefined))
  return found ? [found[0]] : []
}

/** What is only ever sent, or only ever answered, cannot be asked for in both directions. */
export function isOneWay(property: DocumentNode): boolean {
  return property.get('readOnly').value === true || property.get('writeOnly').value === true
}

/** Of a description, on one line. */
export function firstSentence(text: string | undefined): string | undefined {
  const line = text?.replaceAll(/\s+/g, ' ').trim()
  if (!line) return undefined
  const [sentence = line] = /^.*?[.!?](?= |$)/.exec(line) ?? []
  return sentence
}
