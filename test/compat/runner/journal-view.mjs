import { isObject } from './compare.mjs'

const topKeys = [
  ...['chaoslib-version', 'deviated', 'duration', 'end', 'experiment', 'node'],
  ...['platform', 'rollbacks', 'run', 'start', 'status', 'steady_states'],
]

/** What is compared of a journal: everything but times, versions and texts of traces. */
export function viewJournal(journal, definition) {
  const { steady_states: states, experiment } = journal
  return {
    keys: topKeys.filter((key) => key in journal),
    title: experiment?.title ?? null,
    dry: experiment?.dry ?? null,
    status: journal.status ?? null,
    deviated: journal.deviated ?? null,
    before: viewState(states?.before),
    after: viewState(states?.after),
    during: viewDuring(states?.during ?? [], definition),
    run: viewRuns(journal, 'run', definition),
    rollbacks: viewRuns(journal, 'rollbacks', definition),
    malformed: malformedIn(journal),
  }
}

function viewDuring(states, definition) {
  const views = states.map(viewState)
  if (definition.during !== 'summary') return views
  return {
    ran: views.length > 0,
    someMet: views.some((view) => view?.steady_state_met === true),
    someUnmet: views.some((view) => view?.steady_state_met === false),
  }
}

function viewState(state) {
  if (state === null || state === undefined) return null
  const probes = state.probes ?? []
  return {
    steady_state_met: state.steady_state_met ?? null,
    probes: probes.map((probe) => ({ ...viewRun(probe), tolerance_met: probe.tolerance_met ?? null })),
  }
}

function viewRuns(journal, list, { unordered = [] }) {
  const views = (journal[list] ?? []).map(viewRun)
  return unordered.includes(list) ? views.sort((a, b) => (String(a.name) < String(b.name) ? -1 : 1)) : views
}

function viewRun(run) {
  const activity = run.activity ?? {}
  return {
    name: activity.name ?? null,
    type: activity.type ?? null,
    background: activity.background === true,
    provider: activity.provider ?? null,
    status: run.status ?? null,
    output: viewOutput(run.output ?? null),
    exception: 'exception' in run,
  }
}

function viewOutput(output) {
  const has = (...keys) => isObject(output) && keys.every((key) => key in output)
  if (has('status', 'stdout', 'stderr')) {
    return { status: output.status, stdout: output.stdout, stderr: output.stderr }
  }
  if (!has('status', 'headers', 'body')) return output
  const headers = Object.entries(output.headers ?? {}).filter(([name]) => /^x-fixture-/i.test(name))
  return { status: output.status, headers: Object.fromEntries(headers), body: output.body }
}

function malformedIn(journal) {
  const named = (list, name) => (list ?? []).map((run, index) => [run, `${name}.${index}`])
  return [
    [journal, 'journal'],
    ...named(journal.run, 'run'),
    ...named(journal.rollbacks, 'rollbacks'),
    ...named(journal.steady_states?.before?.probes, 'before'),
    ...named(journal.steady_states?.after?.probes, 'after'),
  ].flatMap(([span, where]) => malformedSpan(span, where))
}

function malformedSpan({ start, end, duration }, where) {
  const isBackwards = isTime(start) && isTime(end) && Date.parse(end) < Date.parse(start)
  return [
    ...(isTime(start) ? [] : [`${where}.start`]),
    ...(isTime(end) ? [] : [`${where}.end`]),
    ...(isBackwards ? [`${where} ends before it starts`] : []),
    ...(typeof duration === 'number' && duration >= 0 ? [] : [`${where}.duration`]),
  ]
}

function isTime(value) {
  return (
    typeof value === 'string' &&
    /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d/.test(value) &&
    !Number.isNaN(Date.parse(value))
  )
}
