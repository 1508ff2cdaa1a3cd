import type { FoundRun } from '@squall/core'

/** One line about runs whose runner is gone; undefined when there is none. */
export function leftBehindText(runs: readonly FoundRun[]): string | undefined {
  const { length } = runs.filter(({ status }) => status === 'abandoned')
  if (length === 0) return undefined
  const what = length === 1 ? 'A run that is over' : `${length} runs that are over`
  return `${what} may have left something behind: see \`squall recover --list\`.`
}
