/** The result of a whole run as JSON: totals, per area, quirks apart, and each difference as path, want, got. */
export function summaryOf(results, seconds) {
  return {
    ...countsOf(results),
    seconds,
    quirks: countsOf(results.filter(({ quirk }) => quirk)),
    areas: countsByArea(results),
    cases: results.map(({ id, quirk, ok, ms, problems }) => ({
      id,
      quirk,
      ok,
      ms,
      problems: problems.map(([path, want, got]) => ({ path, want, got })),
    })),
  }
}

function countsByArea(results) {
  const areas = [...new Set(results.map(({ id }) => areaOf(id)))]
  return Object.fromEntries(
    areas.map((area) => [area, countsOf(results.filter(({ id }) => areaOf(id) === area))]),
  )
}

function countsOf(results) {
  const passed = results.filter(({ ok }) => ok).length
  return { passed, failed: results.length - passed }
}

/** A failing case in one line. */
export function failureLine({ id, quirk, problems }) {
  const shown = problems
    .slice(0, 4)
    .map(([path, want, got]) => `${path}: expected ${short(want)}, got ${short(got)}`)
  const more = problems.length > 4 ? ` (+${problems.length - 4} more)` : ''
  return `FAIL ${quirk ? '[quirk] ' : ''}${id} | ${shown.join(' | ')}${more}`
}

export function areaOf(id) {
  return id.slice(0, id.indexOf('/'))
}

function short(value) {
  const text = value === undefined ? 'nothing' : JSON.stringify(value)
  return text.length > 140 ? `${text.slice(0, 137)}...` : text
}
