import { defineDriver } from '@squall/contract'
import { blockEventLoop } from './activities/block-event-loop.ts'
import { failCalls } from './activities/fail-calls.ts'
import { fillHeap } from './activities/fill-heap.ts'
import { eventLoopDelay, faults, processState } from './activities/look-inside.ts'
import { restore } from './activities/restore.ts'
import { skewTime } from './activities/skew-time.ts'
import { slowCalls } from './activities/slow-calls.ts'
import { throwIn } from './activities/throw-in.ts'
import type { InspectorSystem } from './inspector-system.ts'
import { undoRestore } from './undo-restore.ts'

/** Makes the driver over a machine. */
export function inspectorDriver(system: InspectorSystem) {
  return defineDriver({
    name: 'inspector',
    contract: 1,
    summary: 'Faults inside a running, unmodified Node.js process, through its inspector.',
    platforms: ['linux'],
    activities: {
      slow_calls: slowCalls(system),
      fail_calls: failCalls(system),
      throw_in: throwIn(system),
      block_event_loop: blockEventLoop(system),
      fill_heap: fillHeap(system),
      skew_time: skewTime(system),
      restore: restore(system),
      faults: faults(system),
      process_state: processState(system),
      event_loop_delay: eventLoopDelay(system),
    },
    undo: { restore: undoRestore(system) },
  })
}
