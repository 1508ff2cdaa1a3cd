import type { FoundRun } from '@squall/core'

/** One line about runs whose runner is gone; empty when there is none. */
export function leftBehindText(runs: readonly FoundRun[]): string {
  const { length } = runs.filter(({ status }) => status === 'abandoned')
  if (length === 0) return ''
  const what = length === 1 ? 'A run was' : `${length} runs were`
  return `${what} cut off and may have left something behind: see \`squall recover --list\`.\n`
}
