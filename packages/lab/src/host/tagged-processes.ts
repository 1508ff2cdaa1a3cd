import { readdir, readFile } from 'node:fs/promises'
import type { ProcessMark } from '../lab-record.ts'
import { markOf } from './process-mark.ts'

/** Variables in the environment of every process of a lab, by which strays are found. */
export const labVariable = 'SQUALL_LAB'
export const tagVariable = 'SQUALL_LAB_TAG'
export const programVariable = 'SQUALL_LAB_PROGRAM'

export interface TaggedProcess extends ProcessMark {
  readonly program: string
}

/** Living processes whose environment has `variable` at that value. Elsewhere than on Linux none are found. */
export async function taggedProcesses(variable: string, value: string): Promise<TaggedProcess[]> {
  if (process.platform !== 'linux') return []
  const pids = (await readdir('/proc')).filter(
    (entry) => /^\d+$/.test(entry) && Number(entry) !== process.pid,
  )
  const found: TaggedProcess[] = []
  for (const pid of pids) {
    // Processes that end meanwhile, or belong to another user, cannot be read.
    const environment = (await readFile(`/proc/${pid}/environ`, 'utf8').catch(() => '')).split('\0')
    if (!environment.includes(`${variable}=${value}`)) continue
    const mark = await markOf(Number(pid))
    if (mark) found.push({ ...mark, program: variableIn(environment, programVariable) })
  }
  return found
}

function variableIn(environment: readonly string[], variable: string): string {
  const entry = environment.find((one) => one.startsWith(`${variable}=`))
  return entry?.slice(variable.length + 1) ?? ''
}
