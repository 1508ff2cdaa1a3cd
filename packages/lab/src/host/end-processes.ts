import { setTimeout as sleep } from 'node:timers/promises'
import { LabError } from '../lab-error.ts'
import type { ProcessMark } from '../lab-record.ts'
import { isErrno } from './atomic-file.ts'
import { isRunning } from './process-mark.ts'

export type Ending = 'SIGTERM' | 'SIGKILL' | 'still running'

const killedWithinMs = 2000
const pollMs = 10

/** Ends processes: asks, waits `graceMs`, insists. A pid that belongs to another process by now is left alone. */
export function endProcesses(marks: readonly ProcessMark[], graceMs = 1000): Promise<Ending[]> {
  return Promise.all(marks.map((mark) => endProcess(mark, graceMs)))
}

async function endProcess(mark: ProcessMark, graceMs: number): Promise<Ending> {
  await send(mark, 'SIGTERM')
  // A frozen process takes the request only once it runs again.
  if (process.platform !== 'win32') await send(mark, 'SIGCONT')
  if (await endsWithin(mark, graceMs)) return 'SIGTERM'
  return (await killProcess(mark)) ? 'SIGKILL' : 'still running'
}

/** Ends a process without asking. Returns whether it is gone. */
export async function killProcess(mark: ProcessMark): Promise<boolean> {
  await send(mark, 'SIGKILL')
  return endsWithin(mark, killedWithinMs)
}

async function send(mark: ProcessMark, signal: NodeJS.Signals): Promise<void> {
  if (mark.pid <= 1 || mark.pid === process.pid || !(await isRunning(mark))) return
  try {
    process.kill(mark.pid, signal)
  } catch (error) {
    // Gone in this moment, or of another user: `endsWithin` tells the two apart.
    if (!isErrno(error, 'ESRCH', 'EPERM')) throw error
  }
}

async function endsWithin(mark: ProcessMark, milliseconds: number): Promise<boolean> {
  const until = performance.now() + milliseconds
  while (await isRunning(mark)) {
    if (performance.now() > until) return false
    await sleep(pollMs)
  }
  return true
}

export function notEnded(marks: readonly ProcessMark[]): LabError {
  return new LabError(
    'LAB_NOT_ENDED',
    `These processes of the lab could not be ended: ${marks.map(({ pid }) => pid).join(', ')}.`,
    'They may belong to another user. End them by hand, then take the lab down again.',
  )
}
