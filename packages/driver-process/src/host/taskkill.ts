import { promisify } from 'node:util'
import type { Family, FamilyEnd } from '../process-world.ts'

/** Ends a process tree on Windows. Not verified: it was never run there. */
export async function taskkill({ pid }: Family): Promise<FamilyEnd> {
  if (pid === undefined) return { ended: [], remaining: [], refused: [] }
  try {
    await promisify(process.getBuiltinModule('node:child_process').execFile)(
      'taskkill',
      ['/pid', String(pid), '/t', '/f'],
      { windowsHide: true },
    )
    return { ended: [pid], remaining: [], refused: [] }
  } catch (error) {
    // 128 is "there is no such process".
    const gone = (error as { code?: unknown }).code === 128
    return { ended: [], remaining: [], refused: gone ? [] : [pid] }
  }
}
