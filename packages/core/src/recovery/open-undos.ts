import type { RunEvent } from '@squall/contract'
import { readEventLog } from '@squall/event-log'

/** Something a run registered that has not been undone. */
export interface OpenUndo {
  /** Name of the activity that registered it. */
  readonly activity: string
  /** Package name of the driver. */
  readonly driver: string
  readonly func: string
}

/** What is still to be undone of a run whose log lies in `folder`, in the order in which that will happen. Changes nothing. */
export async function openUndos(folder: string): Promise<readonly OpenUndo[]> {
  const { records } = await readEventLog<RunEvent>(folder, { damage: 'skip' })
  const open = new Map<number, OpenUndo>()
  for (const event of records) {
    if (event.type === 'undo-registered') {
      const { activity, driver, func } = event
      open.set(event.undo, { activity, driver: driver.package, func })
    }
    if (event.type === 'undo-completed' && event.status !== 'failed') open.delete(event.undo)
  }
  return [...open.values()].reverse()
}
