import type { JsonValue } from '@squall/contract'

/** No experiment is deeper; much deeper, JavaScript runs out of stack. */
const deepest = 500

/**
 * Says why a document cannot be worked with: it is nested too deeply, contains itself, or holds more than `mostValues`
 * once every anchor is written out. Undefined when all is well.
 */
export function shapeProblem(document: JsonValue, mostValues: number): string | undefined {
  const around: JsonValue[] = []
  let values = 0
  const look = (value: JsonValue): string | undefined => {
    values += 1
    if (values > mostValues) return 'its anchors multiply it beyond measure'
    if (typeof value !== 'object' || value === null) return undefined
    if (around.length >= deepest) {
      const isCycle = new Set(around).size < around.length
      return isCycle ? 'an anchor contains itself' : `it is nested deeper than ${deepest} levels`
    }
    around.push(value)
    for (const item of Array.isArray(value) ? value : Object.values(value)) {
      const problem = look(item)
      if (problem !== undefined) return problem
    }
    around.pop()
    return undefined
  }
  return look(document)
}
