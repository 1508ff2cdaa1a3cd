import { healRun } from '../../recovery/heal-run.ts'
import { healOptions } from '../heal-options.ts'

/** What the watchdog does when its runner has disappeared. What cannot be healed stays for `squall recover`. */
export async function heal(folder: string): Promise<void> {
  await healRun(folder, healOptions())
}
