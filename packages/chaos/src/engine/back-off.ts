import { durationText } from '../events/duration-text.ts'
import type { Turn } from './turn.ts'

const documentedMs = 30 * 60_000
const longestDoubledMs = 60 * 60_000

/** The wait after a failure (3.4). */
export function backedOff(turn: Turn): number {
  if (turn.state.settings.backoff === 'documented') return documentedMs
  const waitMs = turn.state.run?.waitMs ?? 0
  return waitMs < longestDoubledMs ? waitMs * 2 : waitMs
}

/** Step 7: says how long, and waits. */
export function rest(turn: Turn): void {
  const waitMs = turn.state.run?.waitMs ?? 0
  turn.record({ kind: 'Waiting', reason: `Waiting ${durationText(waitMs)} before the next iteration.` })
  turn.store({ nextIterationAt: turn.now + waitMs })
  turn.go({ name: 'waiting', until: turn.now + waitMs })
}

/** Backs off after a failure, with an event unless the failure is an expected one (3.6). */
export function failIteration(
  turn: Turn,
  kind: 'ValidationFailed' | 'TestError' | undefined,
  reason: (wait: string) => string = () => '',
): void {
  const { run } = turn.state
  if (!run) return
  const waitMs = backedOff(turn)
  turn.change({ run: { ...run, waitMs } })
  const text = reason(`The next look is in ${durationText(waitMs)}.`)
  if (kind !== undefined)
    turn.record({ kind, reason: kind === 'TestError' ? `${text} ${replayText(turn)}` : text })
  rest(turn)
}

/** Names the seed and how to see the same again. */
function replayText(turn: Turn): string {
  const { seed, iteration } = turn.stored.run ?? { seed: 0, iteration: 0 }
  const command = turn.state.settings.replay.replaceAll('{seed}', String(seed))
  return `Seed ${seed}, iteration ${iteration}; to replay: ${command}`
}
