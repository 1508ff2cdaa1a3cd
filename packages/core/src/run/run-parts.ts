import type { Strategies } from './strategies.ts'

export const runParts = ['hypothesis', 'method', 'rollbacks'] as const
export type RunPart = (typeof runParts)[number]

/**
 * The strategies of a run that plays some parts only. Without the method there is one check of the steady state, and one
 * that is not met is a deviation; rollbacks that are asked for alone are played unless a strategy was `given`.
 */
export function strategiesOfParts(
  strategies: Strategies,
  only: readonly RunPart[],
  given: { readonly rollbacks?: string } = {},
): Strategies {
  const alone = only.every((part) => part === 'rollbacks') && given.rollbacks === undefined
  return {
    hypothesis: hypothesisOf(strategies, only),
    rollbacks: rollbacksOf(strategies, only, alone),
  }
}

function hypothesisOf({ hypothesis }: Strategies, only: readonly RunPart[]): Strategies['hypothesis'] {
  if (!only.includes('hypothesis')) return 'skip'
  return only.includes('method') ? hypothesis : 'after-method-only'
}

function rollbacksOf({ rollbacks }: Strategies, only: readonly RunPart[], alone: boolean): string {
  if (!only.includes('rollbacks')) return 'never'
  return alone ? 'always' : rollbacks
}
