import { isObject, type JsonValue, type RollbackMoment, type RunStatus } from '@squall/contract'

export interface Decision {
  readonly play: boolean
  readonly reason: string
}

/** How a run has ended when its rollbacks come. */
export interface RunEnding {
  readonly status: RunStatus
  readonly deviated: boolean
  /** The method was ended by an activity (`onFailure`), which is no failure of the runner. */
  readonly isStopped: boolean
  /** SIGUSR2. */
  readonly skipsRollbacks: boolean
}

export interface RollbackPlan extends Decision {
  /** Whether one of them is played. */
  decide(entry: JsonValue): Decision
}

const moments: readonly string[] = [
  'always',
  'completed',
  'deviated',
  'failed',
  'interrupted',
  'aborted',
] satisfies RollbackMoment[]

/** Decides which rollbacks are played, and why: by their own `when`, else by the strategy (spec 12). */
export function planRollbacks(
  strategy: string,
  rollbacks: readonly JsonValue[],
  ending: RunEnding,
): RollbackPlan {
  const rest = decideByStrategy(strategy, ending)
  const isFinal = ending.skipsRollbacks || !['default', 'always', 'deviated'].includes(strategy)
  if (isFinal || rollbacks.every((entry) => whenOf(entry) === undefined))
    return { ...rest, decide: () => rest }
  const decide = (entry: JsonValue): Decision => decideByWhen(entry, ending) ?? rest
  const playing = rollbacks.filter((entry) => decide(entry).play).length
  if (rest.play === playing > 0) return { ...rest, decide }
  const each = `${playing} of ${rollbacks.length}`
  return playing > 0
    ? { play: true, reason: `${each} by their own \`when\`; for the others, ${rest.reason}`, decide }
    : { play: false, reason: `${each} fit by their own \`when\`: the run ${wordsOf(ending)}`, decide }
}

/** What the `when` of a rollback says; undefined where it has none. */
export function decideByWhen(
  entry: JsonValue,
  ending: Pick<RunEnding, 'status' | 'deviated'>,
): Decision | undefined {
  const when = whenOf(entry)
  if (!when) return undefined
  const now: readonly string[] = [
    'always',
    ...(ending.deviated && ending.status === 'completed' ? [] : [ending.status]),
    ...(ending.deviated ? ['deviated'] : []),
  ]
  const play = when.some((moment) => now.includes(moment))
  return { play, reason: `its \`when\` is ${when.join(', ')} and the run ${wordsOf(ending)}` }
}

/** The moments a rollback names; undefined where it has no `when` of ours. */
export function whenOf(entry: JsonValue): readonly string[] | undefined {
  const when = isObject(entry) ? (entry['when'] as JsonValue | undefined) : undefined
  const list = Array.isArray(when) ? when : [when]
  return list.length > 0 && list.every(isMoment) ? list : undefined
}

export function isMoment(value: unknown): value is RollbackMoment {
  return typeof value === 'string' && moments.includes(value)
}

export { moments as rollbackMoments }

function wordsOf({ status, deviated }: Pick<RunEnding, 'status' | 'deviated'>): string {
  if (deviated) return status === 'failed' ? 'failed and deviated' : 'deviated'
  return status === 'completed' || status === 'failed' ? status : `was ${status}`
}

function decideByStrategy(strategy: string, ending: RunEnding): Decision {
  const { status, deviated } = ending
  if (ending.skipsRollbacks) return { play: false, reason: 'SIGUSR2 ends a run without rollbacks' }
  switch (strategy) {
    case 'always':
      return { play: true, reason: 'the strategy is always' }
    case 'never':
      return { play: false, reason: 'the strategy is never' }
    case 'deviated':
      return deviated
        ? { play: true, reason: 'the steady state deviated' }
        : { play: false, reason: 'the strategy is deviated and the steady state did not deviate' }
    case 'default':
      return status === 'interrupted' || (status === 'failed' && !ending.isStopped)
        ? {
            play: false,
            reason: `the run ${wordsOf({ status, deviated: false })}; the strategy 'always' plays them then too`,
          }
        : { play: true, reason: 'the default strategy plays them' }
    default:
      return { play: false, reason: `there is no rollback strategy '${strategy}'` }
  }
}
