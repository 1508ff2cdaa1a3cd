import { promises } from 'node:fs'
import { logBroken } from './broken-log.ts'
import { segmentNumbers, segmentPath } from './segment-files.ts'

/**
 * Removes the segments of a log in front of number `before`, the oldest first, and tells how many they were. What is
 * left still verifies. The last segment stays, whatever is asked. Throws `SQUALL_LOG_BROKEN`.
 */
export async function dropSegments(folder: string, before: number): Promise<number> {
  try {
    const numbers = await segmentNumbers(folder)
    const old = numbers.slice(0, -1).filter((number) => number < before)
    for (const number of old) await promises.unlink(segmentPath(folder, number))
    return old.length
  } catch (error) {
    throw logBroken(folder, error)
  }
}
