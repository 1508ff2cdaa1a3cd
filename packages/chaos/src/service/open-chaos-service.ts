import type { StoredState } from '../engine/engine-state.ts'
import { freshState } from '../engine/new-engine.ts'
import type { ChaosEvent } from '../events/chaos-event.ts'
import { fileTimeOf } from '../events/file-time.ts'
import { drawSeed } from '../host/draw-seed.ts'
import { IterationKeeper } from '../replay/iteration-keeper.ts'
import { ChaosStore, type FoundState } from '../store/chaos-store.ts'
import type { ChaosService } from './chaos-service.ts'
import { RunningService } from './running-service.ts'
import type { ChaosServiceOptions } from './service-options.ts'

/**
 * Opens continuous chaos over a cluster and resumes what the store holds (3.8). Throws `SQUALL_LOG_BROKEN` when the
 * folder cannot be used; a state that cannot be read ends its run with a TestError and a Stopped event.
 */
export async function openChaosService(options: ChaosServiceOptions): Promise<ChaosService> {
  const { folder, maxEvents, files, clock, seed, log } = options
  const { store, found } = await ChaosStore.open(folder, {
    ...(maxEvents !== undefined && { maxEvents }),
    ...(files && { files }),
    onError: (error) => options.onFailure?.(error),
  })
  try {
    const state = await stateOf(store, found, { now: clock.now(), seed })
    const keeper = await IterationKeeper.open(folder, options.replayableEntities ?? 2000, (error) =>
      log?.warn(`Iterations are no longer kept for replay: ${error.message}`),
    )
    const service = new RunningService(options, store, keeper, state)
    await service.resume()
    return service
  } catch (error) {
    await store.close()
    throw error
  }
}

async function stateOf(
  store: ChaosStore,
  { state, damage }: FoundState,
  { now, seed }: { readonly now: number; readonly seed: number | undefined },
): Promise<StoredState> {
  // A seed that is given counts for the runs to come.
  if (state) return seed === undefined || state.run ? state : { ...state, baseSeed: seed, runs: 0 }
  const last = store.book.last
  const fresh = freshState(seed ?? drawSeed(), last?.ticks)
  if (damage === undefined || !last || last.kind === 'Stopped') return fresh
  return endUnreadableRun(store, fresh, damage, now)
}

/** The run whose state is lost cannot go on (3.7). */
async function endUnreadableRun(
  store: ChaosStore,
  fresh: StoredState,
  damage: string,
  now: number,
): Promise<StoredState> {
  const wanted = fileTimeOf(now)
  const last = BigInt(fresh.lastTicks)
  const first = wanted > last ? wanted : last + 1n
  const events: ChaosEvent[] = [
    { kind: 'TestError', reason: `The stored state cannot be used: ${damage}.`, ticks: String(first) },
    {
      kind: 'Stopped',
      reason: 'Chaos cannot be restarted: its stored state is lost.',
      ticks: String(first + 1n),
    },
  ]
  const state = { ...fresh, lastTicks: String(first + 1n) }
  await store.write(events, state)
  return state
}
