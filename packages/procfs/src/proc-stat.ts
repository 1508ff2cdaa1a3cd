/** What `/proc/PID/stat` tells. */
export interface ProcStat {
  /** The program's name, cut off after 15 characters by the kernel. */
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
export function parseProcStat(text: string): ProcStat | null {
  // A program's name may hold anything, parentheses and spaces too: it ends at the last one.
  const [open, close] = [text.indexOf('('), text.lastIndexOf(')')]
  const fields = text.slice(close + 2).split(' ')
  // Numbered as in proc(5), where the state is field 3.
  const field = (number: number): string => fields[number - 3] ?? ''
  const startTicks = field(22)
  const threads = Number(field(20))
  if (open < 0 || close < open || !/^\d+$/.test(startTicks)) return null
  return {
    name: text.slice(open + 1, close),
    parent: Number(field(4)),
    startTicks,
    userTicks: Number(field(14)),
    systemTicks: Number(field(15)),
    threads,
    isStopped: field(3) === 'T',
    // A process whose first thread has ended stays a zombie, and holds its sockets, while other threads run on.
    isEnded: ['Z', 'X', 'x'].includes(field(3)) && threads <= 1,
    isKernelThread: (Number(field(9)) & kernelThreadFlag) !== 0,
  }
}
