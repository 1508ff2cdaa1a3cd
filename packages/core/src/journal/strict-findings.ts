import type { ActivityRun, Journal } from '@squall/contract'

/**
 * What a run that completed shows and `strict` does not accept, a sentence without its full stop each: a steady state not
 * met before the method, activities of the method or the rollbacks that failed, probes out of their
 * tolerance there, and what was left behind.
 */
export function strictFindings(journal: Journal): string[] {
  const { steady_states, run, rollbacks, residue } = journal
  const names = (runs: readonly ActivityRun[]): string[] =>
    runs.map(({ activity }) => `'${activity['name']}'`)
  return [
    ...(steady_states.before?.steady_state_met === false
      ? ['The steady state was not met before the method']
      : []),
    ...names([...run, ...rollbacks].filter(({ status }) => status === 'failed')).map(
      (name) => `${name} failed`,
    ),
    ...names([...run, ...rollbacks].filter(({ tolerance_met }) => tolerance_met === false)).map(
      (name) => `${name} was out of its tolerance`,
    ),
    ...(residue === undefined ? [] : ['Something was left behind']),
  ]
}
