import { healRun } from '../../recovery/heal-run.ts'
import { hasNotBegun } from '../../recovery/run-card.ts'
import { settleLog } from '../../recovery/settle-log.ts'
import { systemClock } from '../clock.ts'
import { healOptions } from '../heal-options.ts'

/** How often it looks whether a runner that let go of the pipe is gone, or another healer done. */
const lookEveryMs = [10, 20, 50, 100, 200, 500]
const atLeastEveryMs = 1000

/** What the watchdog does when its runner has disappeared. What cannot be healed stays for `squall recover`. */
export async function heal(folder: string): Promise<void> {
  if (await hasNotBegun(folder)) return settleLog(folder, {})
  for (let look = 0; ; look += 1) {
    const { status } = await healRun(folder, healOptions())
    if (status !== 'left alone') return
    // The system takes a moment to end a process, and the pipe goes first.
    await systemClock.sleep(lookEveryMs[look] ?? atLeastEveryMs)
  }
}
