import { checkHypothesis } from './check-hypothesis.ts'
import { reasonOf } from './exception-lines.ts'
import { nextPoint } from './grid.ts'
import { isInterruption } from './interruption.ts'
import type { RunScope } from './run-scope.ts'

export interface ContinuousOptions {
  /** Seconds from the start of one check to the start of the next. 0 checks without a pause. */
  readonly frequency: number
  readonly failFast: boolean
  /** Percentage of failed checks from which fail-fast ends the run. */
  readonly failFastRatio: number
}

export interface ContinuousHypothesis {
  /** Lets the current check finish, starts no other. */
  stop(): Promise<void>
}

/** Checks the steady state again and again beside the method (spec 10). */
export function startContinuousHypothesis(options: ContinuousOptions, scope: RunScope): ContinuousHypothesis {
  const stopped = new AbortController()
  const loop = checkUntilStopped(options, stopped.signal, scope)
  return {
    stop: async () => {
      stopped.abort()
      await loop
    },
  }
}

async function checkUntilStopped(
  options: ContinuousOptions,
  stopped: AbortSignal,
  scope: RunScope,
): Promise<void> {
  const started = scope.clock.monotonic()
  let failed = 0
  let point = 0
  try {
    for (let check = 1; !stopped.aborted && !scope.state.isOver; check += 1) {
      const result = await checkHypothesis('during', check, scope.interruption.background, scope)
      if (!result.met) failed += 1
      const ratio = (failed * 100) / check
      if (!result.met && options.failFast && ratio >= options.failFastRatio) {
        scope.state.set(
          'failed',
          `the steady state was lost during the method (check ${check}): ${result.reason}`,
        )
        return
      }
      point = await waitForNext(point, options.frequency * 1000, started, stopped, scope)
    }
  } catch (error) {
    // An interruption of the run tells itself; one by a control only ends this loop and the method (spec 10).
    if (isInterruption(error) && scope.interruption.background.aborted) return
    scope.state.set(isInterruption(error) ? 'interrupted' : 'aborted', reasonOf(error))
  }
}

/** Waits for the next point of a fixed grid, so that checks do not drift; a missed one is skipped, not made up. */
async function waitForNext(
  point: number,
  period: number,
  started: number,
  stopped: AbortSignal,
  scope: RunScope,
): Promise<number> {
  const elapsed = scope.clock.monotonic() - started
  const next = nextPoint(point, elapsed, period)
  const wait = period > 0 ? Math.max(0, next * period - elapsed) : 0
  // Rejects when the method is over, which the loop sees for itself.
  await scope.clock.sleep(wait, stopped).catch(() => undefined)
  return next
}
