import { type Driver, isObject, type JsonObject, type JsonValue } from '@squall/contract'
import type { ControlRun } from './control-run.ts'
import { entryOf } from './law-experiment.ts'
import type { Played } from './played.ts'

/** A hook may add activities; one that adds them for ever shall not keep a law from its end. */
const mostActivities = 100

/**
 * Plays a run in which nothing is carried out, and calls every hook that the control has in the order of a run. Rejects
 * when the control cannot be opened, and when the run is aborted.
 */
export async function playRun(driver: Driver, run: ControlRun): Promise<Played> {
  const { isGlobal, experiment } = run.deed
  const { journal } = run.played.documents
  await run.open(driver)
  const loading = { level: 'loader', context: 'experiment.json', state: () => experiment } as const
  if (isGlobal) await run.around(loading, async () => {})
  await run.configure()
  const whole = { level: 'experiment', context: experiment, state: () => journal } as const
  await run.around(whole, () => playParts(run))
  run.tell({ type: 'run-completed', status: 'completed', deviated: false, duration: 1 })
  return run.played
}

async function playParts(run: ControlRun): Promise<void> {
  const { experiment } = run.deed
  const { journal } = run.played.documents
  await playHypothesis(run, experiment['steady-state-hypothesis'])
  run.tell({ type: 'method-started', activities: 1 })
  const method = { level: 'method', context: experiment, state: () => journal['run'] ?? null } as const
  await run.around(method, () => playList(run, experiment['method'], 'method'))
  run.tell({ type: 'rollbacks-decided', play: true, strategy: 'always', reason: 'a law is tried' })
  const rollback = {
    level: 'rollback',
    context: experiment,
    state: () => journal['rollbacks'] ?? null,
  } as const
  await run.around(rollback, () => playList(run, experiment['rollbacks'], 'rollbacks'))
}

async function playHypothesis(run: ControlRun, hypothesis: JsonValue | undefined): Promise<void> {
  if (!isObject(hypothesis)) return
  const context = hypothesis as JsonObject
  const state: JsonObject = { steady_state_met: true, probes: [] }
  run.tell({ type: 'hypothesis-started', phase: 'before', title: String(context['title']), check: 0 })
  const check = { level: 'hypothesis', context, state: () => state } as const
  await run.around(check, () => playList(run, context['probes'], 'before'))
  run.tell({ type: 'hypothesis-completed', phase: 'before', check: 0, met: true })
}

async function playList(
  run: ControlRun,
  list: JsonValue | undefined,
  phase: 'before' | 'method' | 'rollbacks',
): Promise<void> {
  if (!Array.isArray(list)) return
  for (let at = 0; at < Math.min(list.length, mostActivities) && !run.isOver; at++) {
    const activity = list[at] as JsonObject
    const id = at + 1
    const one = { level: 'activity', context: activity, state: () => entryOf(activity) } as const
    await run.around(one, async () => {
      run.tell({ type: 'activity-started', id, phase, check: 0, activity, background: false })
      run.tell({ type: 'activity-completed', id, status: 'succeeded', output: true, duration: 0.01 })
    })
  }
}
