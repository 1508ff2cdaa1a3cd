import { readObject, refused } from './read-fields.ts'

const mostPairs = 100
const longestText = 4095

/** Reads a Context, `{"Map": {...}}` (2.1). Throws `SQUALL_CHAOS_PARAMETER`. */
export function readContext(value: unknown): Readonly<Record<string, string>> {
  const map = readObject(readObject(value, 'Context')['Map'] ?? {}, 'The Map of Context')
  const pairs = Object.entries(map)
  if (pairs.length > mostPairs) throw refused('Context', `has ${pairs.length} pairs, more than ${mostPairs}`)
  const read: [string, string][] = []
  for (const [key, text] of pairs) {
    if (typeof text !== 'string') throw refused('Context', `must have a text as value of '${short(key)}'`)
    if (key.length > longestText || text.length > longestText) {
      throw refused('Context', `must keep '${short(key)}' and its value to ${longestText} characters each`)
    }
    read.push([key, text])
  }
  return Object.fromEntries(read)
}

function short(key: string): string {
  return key.length > 60 ? `${key.slice(0, 60)}...` : key
}
