import { anySignal, type Clock } from '@squall/contract'

/** Undo after a set time, as an activity asks for it. */
export interface UndoInTime {
  /** Counted from the moment the undo was registered. */
  readonly seconds: number
  /** Aborted when the activity has ended, so that it does nothing more. */
  readonly activityEnded: AbortSignal
}

export type UndoResult =
  | { readonly status: 'undone' | 'not needed' }
  | { readonly status: 'failed'; readonly reason: string }

export interface InTimeParts {
  readonly clock: Clock
  /** Aborted when the run undoes everything. */
  readonly settling: AbortSignal
  readonly undo: () => Promise<UndoResult>
}

/**
 * Undoes when the time has come, and once more when the activity has ended, should it still have been at it: it may have
 * done its harm in between. Resolves to undefined when the end of the run came first and has to do it.
 */
export async function undoInTime(
  { seconds, activityEnded }: UndoInTime,
  { clock, settling, undo }: InTimeParts,
): Promise<UndoResult | undefined> {
  const isTime = await clock.sleep(seconds * 1000, settling).then(
    () => true,
    () => false,
  )
  if (!isTime) return undefined
  const first = await undo()
  if (activityEnded.aborted) return first
  await either(activityEnded, settling)
  const second = await undo()
  return first.status === 'undone' && second.status === 'not needed' ? first : second
}

function either(...signals: readonly AbortSignal[]): Promise<void> {
  return new Promise((resolve) => {
    const any = anySignal([...signals])
    if (any.aborted) resolve()
    else any.addEventListener('abort', () => resolve(), { once: true })
  })
}
