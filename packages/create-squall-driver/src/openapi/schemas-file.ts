import { before, print } from '../code/code.ts'
import type { SchemaCode } from './schema-code.ts'
import { firstSentence } from './schema-words.ts'

/** The module of the schemas that the document names; undefined when no activity uses one. */
export function schemasFile({ definitions }: SchemaCode): string | undefined {
  if (definitions.length === 0) return undefined
  const parts = definitions.map(({ name, code, isRecursive, description }) => {
    const told = firstSentence(description)
    const comment = told === undefined ? '' : `/** ${told.replaceAll('*/', '*\\/')} */\n`
    const type = isRecursive ? ': z.ZodType' : ''
    return `${comment}${print(before(`export const ${name}${type} = `, code))}\n`
  })
  return `import { z } from 'zod'\n\n${parts.join('\n')}`
}
