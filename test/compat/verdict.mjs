import { areaOf } from './runner/summary.mjs'

/**
 * Judges a run of the corpus against the differences we know of.
 * `cases` are the runner's results, `known` a list of `{ id, reason }`, `areas` those in which nothing else may fail.
 */
export function verdictOf(cases, known, areas) {
  const isKnown = new Set(known.map(({ id }) => id))
  const gated = cases.filter(({ id }) => areas.includes(areaOf(id)))
  const failing = gated.filter(({ ok }) => !ok)
  return {
    total: gated.length,
    passed: gated.length - failing.length,
    known: failing.filter(({ id }) => isKnown.has(id)).length,
    unexpected: failing.filter(({ id }) => !isKnown.has(id)),
    outdated: outdatedOf(known, gated),
    others: countsByArea(cases.filter(({ id }) => !areas.includes(areaOf(id)))),
  }
}

/** Entries that no longer say anything true: the case passes by now, or is not there at all. */
function outdatedOf(known, gated) {
  const results = new Map(gated.map(({ id, ok }) => [id, ok]))
  return known.flatMap(({ id, reason }) => {
    if (!reason) return [{ id, why: 'has no reason' }]
    if (!results.has(id)) return [{ id, why: 'is no case of these areas' }]
    return results.get(id) ? [{ id, why: 'passes now' }] : []
  })
}

function countsByArea(cases) {
  const counts = new Map()
  for (const { id, ok } of cases) {
    const [passed, total] = counts.get(areaOf(id)) ?? [0, 0]
    counts.set(areaOf(id), [passed + (ok ? 1 : 0), total + 1])
  }
  return [...counts].map(([area, [passed, total]]) => ({ area, passed, total }))
}
