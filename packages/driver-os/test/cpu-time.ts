import { readFileSync } from 'node:fs'

/** Seconds of CPU time that the kernel has given a process, or that it has waited for while it wanted to run. */
export function cpuTime(pid: number): { readonly given: number; readonly waited: number } {
  const [given = 0, waited = 0] = readFileSync(`/proc/${pid}/schedstat`, 'utf8').split(' ').map(Number)
  return { given: given / 1e9, waited: waited / 1e9 }
}
