import { describe, expect, it } from 'vitest'
import { budgetFindings, fittingBudgets } from './figures.mjs'

type Figures = Record<string, Record<string, number>>

describe('a budget', () => {
  it.each<{ name: string; measured: Figures; budgets: Figures; found: unknown[] }>([
    {
      name: 'fits what is a little smaller',
      measured: { lamps: { bytes: 95_000, dependencies: 4, import: 1.2 } },
      budgets: { lamps: { bytes: 110_000, dependencies: 4, import: 1.8 } },
      found: [],
    },
    {
      name: 'is exceeded by one byte',
      measured: { lamps: { bytes: 110_001 } },
      budgets: { lamps: { bytes: 110_000 } },
      found: [
        'lamps: 110,001 bytes installed, and its budget is 110,000. Make it smaller, or raise the budget with `npm run budgets -- --write` and say why in the commit.',
      ],
    },
    {
      name: 'is exceeded by one package',
      measured: { lamps: { dependencies: 5 } },
      budgets: { lamps: { dependencies: 4 } },
      found: [expect.stringMatching(/^lamps: 5 packages installed with it, and its budget is 4\./)],
    },
    {
      name: 'says nothing any more when it is far too wide',
      measured: { lamps: { bytes: 100_000 } },
      budgets: { lamps: { bytes: 150_001 } },
      found: [expect.stringMatching(/^lamps: .* its budget of 150,001 is too wide\./)],
    },
    {
      name: 'of time may be wider',
      measured: { lamps: { import: 1.2 } },
      budgets: { lamps: { import: 3.5 } },
      found: [],
    },
    {
      name: 'is not too wide for the step it is rounded to',
      measured: { lamps: { bytes: 2000 } },
      budgets: { lamps: { bytes: 10_000 } },
      found: [],
    },
    {
      name: 'is missing for a new package',
      measured: { lamps: { bytes: 2000 } },
      budgets: {},
      found: [expect.stringMatching(/^lamps: 2,000 bytes installed, and it has no budget\./)],
    },
    {
      name: 'is left of a package that is gone',
      measured: {},
      budgets: { lamps: { bytes: 2000 } },
      found: [expect.stringMatching(/^lamps: there is no such package\./)],
    },
    {
      name: 'waits for a figure that was not measured',
      measured: { lamps: { bytes: 95_000 } },
      budgets: { lamps: { bytes: 110_000, import: 1 } },
      found: [],
    },
  ])('$name', ({ measured, budgets, found }) => {
    expect(budgetFindings(measured, budgets)).toEqual(found)
    const written = fittingBudgets(measured, budgets)
    expect(budgetFindings(measured, written)).toEqual([])
    if (found.length === 0) expect(written).toEqual(budgets)
  })
})
