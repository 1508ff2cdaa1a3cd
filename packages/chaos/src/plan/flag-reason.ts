import type { Entry } from './entries.ts'

const flagNames = { faulted: 'Faulted', unavailable: 'Unavailable', unsafe: 'Unsafe', excluded: 'Excluded' }

/** Says which flags an entity has, by which rules and because of what. */
export function flagReason({ marks = [] }: Pick<Entry, 'marks'>): string {
  const texts = marks.map(({ flag, rule, about }) => `${flagNames[flag]} by ${rule} (${about()})`)
  return [...new Set(texts)].slice(0, 3).join(', ')
}
