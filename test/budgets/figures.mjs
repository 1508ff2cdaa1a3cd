/**
 * What has a budget. A new one is the measured figure times `room`, rounded up to a multiple of `step`; one that is more
 * than `wide` times the measured figure says nothing any more.
 */
export const figures = {
  bytes: { what: 'bytes installed', room: 1.15, step: 10_000, wide: 1.5 },
  dependencies: { what: 'packages installed with it', room: 1, step: 1, wide: 1.5 },
  import: { what: 'times the processor time of an idle Node to import', room: 1.5, step: 0.1, wide: 3 },
}

const raise =
  'Make it smaller, or raise the budget with `npm run budgets -- --write` and say why in the commit.'
const lower = 'Lower it with `npm run budgets -- --write`.'

/** What is wrong with the budgets, given what was measured. Figures that were not measured are left alone. */
export function budgetFindings(measured, budgets) {
  const gone = Object.keys(budgets).filter((name) => !(name in measured))
  const findings = Object.entries(measured).flatMap(([name, seen]) =>
    Object.entries(seen).flatMap(([figure, value]) => {
      const verdict = verdictOf(figure, value, budgets[name]?.[figure])
      return verdict ? [`${name}: ${shown(value)} ${figures[figure].what}, ${verdict}`] : []
    }),
  )
  return [...findings, ...gone.map((name) => `${name}: there is no such package. ${lower}`)]
}

/** The budgets with those replaced that do not fit what was measured. */
export function fittingBudgets(measured, budgets) {
  const names = Object.keys(measured).sort()
  return Object.fromEntries(
    names.map((name) => {
      const renewed = Object.entries(measured[name]).filter(([figure, value]) =>
        verdictOf(figure, value, budgets[name]?.[figure]),
      )
      const written = renewed.map(([figure, value]) => [figure, budgetOf(figure, value)])
      return [name, { ...budgets[name], ...Object.fromEntries(written) }]
    }),
  )
}

function verdictOf(figure, value, budget) {
  if (budget === undefined) return `and it has no budget. Write one with \`npm run budgets -- --write\`.`
  if (value > budget) return `and its budget is ${shown(budget)}. ${raise}`
  if (budget > Math.max(value * figures[figure].wide, budgetOf(figure, value)))
    return `and its budget of ${shown(budget)} is too wide. ${lower}`
  return undefined
}

function budgetOf(figure, value) {
  const { room, step } = figures[figure]
  return Number((Math.ceil((value * room) / step) * step).toFixed(1))
}

function shown(value) {
  return Number.isInteger(value) ? value.toLocaleString('en') : value.toFixed(2)
}
