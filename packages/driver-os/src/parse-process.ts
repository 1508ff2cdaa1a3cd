import type { OpenFilesLimit } from './process-table.ts'

/** What `/proc/PID/stat` tells. */
export interface ProcStat {
  readonly name: string
  readonly parent: number
  /** Clock ticks from the start of the machine to that of the process. */
  readonly startTicks: string
  /** Clock ticks of CPU time. */
  readonly userTicks: number
  readonly systemTicks: number
  readonly threads: number
  readonly isStopped: boolean
  /** Dead and only waiting for its parent to notice. */
  readonly isEnded: boolean
  readonly isKernelThread: boolean
}

const kernelThreadFlag = 0x0020_0000

/** Reads `/proc/PID/stat`; null when the text is not one. */
export function parseStat(text: string): ProcStat | null {
  // A program's name may hold anything, parentheses and spaces too: it ends at the last one.
  const [open, close] = [text.indexOf('('), text.lastIndexOf(')')]
  const fields = text.slice(close + 2).split(' ')
  // Numbered as in proc(5), where the state is field 3.
  const field = (number: number): string => fields[number - 3] ?? ''
  if (open < 0 || close < open || !/^\d+$/.test(field(22))) return null
  return {
    name: text.slice(open + 1, close),
    parent: Number(field(4)),
    startTicks: field(22),
    userTicks: Number(field(14)),
    systemTicks: Number(field(15)),
    threads: Number(field(20)),
    isStopped: field(3) === 'T',
    // A process whose first thread has ended stays a zombie while other threads run on.
    isEnded: ['Z', 'X', 'x'].includes(field(3)) && Number(field(20)) <= 1,
    isKernelThread: (Number(field(9)) & kernelThreadFlag) !== 0,
  }
}

/** Soft and hard limit of open files in `/proc/PID/limits`; null when the text has none. */
export function parseOpenFilesLimits(text: string): { soft: OpenFilesLimit; hard: OpenFilesLimit } | null {
  const [, soft, hard] = /^Max open files\s+(\d+|unlimited)\s+(\d+|unlimited)/m.exec(text) ?? []
  return soft === undefined || hard === undefined ? null : { soft: limitOf(soft), hard: limitOf(hard) }
}

function limitOf(text: string): OpenFilesLimit {
  return text === 'unlimited' ? text : Number(text)
}
