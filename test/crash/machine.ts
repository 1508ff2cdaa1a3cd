import { readdirSync, readFileSync } from 'node:fs'
import { setTimeout as delay } from 'node:timers/promises'

/** A process as `/proc` shows it. */
export interface RunningProcess {
  readonly pid: number
  readonly command: string
}

/** The processes whose environment holds `mark`, zombies left out. */
export function processesWith(mark: string): RunningProcess[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .filter((pid) => contentOf(pid, 'environ').split('\0').includes(mark) && stateOf(pid) !== 'Z')
    .map((pid) => ({ pid, command: contentOf(pid, 'cmdline').replaceAll('\0', ' ').trim() }))
}

/** Whether a process is frozen by SIGSTOP. Throws when there is none. */
export function isPaused(pid: number): boolean {
  const state = stateOf(pid)
  if (state === '' || state === 'Z') throw new Error(`There is no process ${pid}.`)
  return state === 'T'
}

/** `R`, `S`, `T` for a paused one, `Z` for a zombie; empty when there is none. */
export function stateOf(pid: number): string {
  return fieldsOf(pid)[0] ?? ''
}

/** CPU seconds of a process and of its children that have ended. */
export function cpuSecondsOf(pid: number): number {
  // Ticks, of which Linux shows 100 a second.
  return (
    fieldsOf(pid)
      .slice(11, 15)
      .reduce((sum, ticks) => sum + Number(ticks), 0) / 100
  )
}

/** Memory that a process shares with no other, in MiB. */
export function ownMemoryOf(pid: number): number {
  const rollup = contentOf(pid, 'smaps_rollup')
  const kib = [...rollup.matchAll(/^Private_\w+:\s+(\d+) kB$/gm)].map(([, amount]) => Number(amount))
  return kib.reduce((sum, amount) => sum + amount, 0) / 1024
}

/** What follows the name of the program in `/proc/PID/stat`; the name may hold blanks. */
function fieldsOf(pid: number): string[] {
  const stat = contentOf(pid, 'stat')
  return stat.slice(stat.lastIndexOf(')') + 2).split(' ')
}

function contentOf(pid: number, file: string): string {
  try {
    return readFileSync(`/proc/${pid}/${file}`, 'utf8')
  } catch {
    // It ended while we looked.
    return ''
  }
}

/** Waits until `look` answers with something, and fails with `what` when it does not in time. */
export async function eventually<Found>(
  what: string,
  look: () => Found | undefined | Promise<Found | undefined>,
  limitMs = 10_000,
): Promise<Found> {
  for (const deadline = performance.now() + limitMs; performance.now() < deadline; await delay(3)) {
    const found = await look()
    if (found !== undefined) return found
  }
  throw new Error(`Not within ${limitMs} ms: ${what}.`)
}

/** Does `work` for each item, so many at a time, and gathers the answers in order. */
export async function inTurns<Item, Answer>(
  items: readonly Item[],
  atOnce: number,
  work: (item: Item) => Promise<Answer>,
): Promise<Answer[]> {
  const answers: Answer[] = []
  const waiting = items.entries()
  const worker = async (): Promise<void> => {
    for (const [at, item] of waiting) answers[at] = await work(item)
  }
  await Promise.all(Array.from({ length: atOnce }, worker))
  return answers
}
