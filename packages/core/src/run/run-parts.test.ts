import { expect, it } from 'vitest'
import { type RunPart, strategiesOfParts } from './run-parts.ts'

const usual = { hypothesis: 'continuously', rollbacks: 'deviated' } as const

it.each<{ only: RunPart[]; hypothesis: string; rollbacks: string }>([
  { only: ['hypothesis', 'method', 'rollbacks'], hypothesis: 'continuously', rollbacks: 'deviated' },
  { only: ['hypothesis', 'method'], hypothesis: 'continuously', rollbacks: 'never' },
  { only: ['hypothesis', 'rollbacks'], hypothesis: 'after-method-only', rollbacks: 'deviated' },
  { only: ['method', 'rollbacks'], hypothesis: 'skip', rollbacks: 'deviated' },
  { only: ['hypothesis'], hypothesis: 'after-method-only', rollbacks: 'never' },
  { only: ['method'], hypothesis: 'skip', rollbacks: 'never' },
  { only: ['rollbacks'], hypothesis: 'skip', rollbacks: 'always' },
])('only $only', ({ only, hypothesis, rollbacks }) => {
  expect(strategiesOfParts(usual, only)).toEqual({ hypothesis, rollbacks })
})

it('keeps a rollback strategy that was given', () => {
  expect(strategiesOfParts(usual, ['rollbacks'], { rollbacks: 'deviated' }).rollbacks).toBe('deviated')
})
