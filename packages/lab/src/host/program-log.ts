import type { LabProgram } from '../service.ts'

export type ProgramLog = (message: string) => void

/** Writes lines to standard error, which is the program's log file. */
export function programLog(program: LabProgram): ProgramLog {
  return (message) => {
    process.stderr.write(`${new Date().toISOString()} ${program}[${process.pid}] ${message}\n`)
  }
}
