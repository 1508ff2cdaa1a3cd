import type { Level } from '../terminal/describe-event.ts'
import { standardStream } from './standard-stream.ts'

/** The streams and facts of the process that commands talk through. */
export interface Terminal {
  /** Results. */
  out(text: string): void
  /** Talk: progress, warnings, errors. The level is for logs; default `INFO`. */
  err(text: string, level?: Level): void
  /** What only a log file says. */
  note(text: string): void
  /** Shows what is a log line already, or has one of its own. */
  show(text: string): void
  /** Asks a person; false for anything but yes, and unasked where input comes from no terminal. */
  confirm(question: string): Promise<boolean>
  /** Whether talk goes to a person's terminal. */
  readonly isInteractive: boolean
  /** Whether a person can be asked: input comes from a terminal and questions go to one. */
  readonly canAsk: boolean
  readonly hasColors: boolean
  readonly workingDirectory: string
  readonly home: string
  readonly environment: Readonly<Record<string, string | undefined>>
  readonly pid: number
  /** Such as `v20.19.0`. */
  readonly nodeVersion: string
  /** Names this process in JSON logs. */
  readonly contextId: string
}

export function processTerminal(): Terminal {
  const [out, err] = [standardStream(1), standardStream(2)]
  const isInteractive = err.isTerminal
  let contextId: string | undefined
  return {
    out: out.write,
    err: err.write,
    note: () => undefined,
    show: err.write,
    confirm,
    isInteractive,
    canAsk: isInteractive && process.stdin.isTTY === true,
    hasColors: isInteractive && process.env['NO_COLOR'] === undefined,
    get workingDirectory() {
      return process.cwd()
    },
    home: process.env['HOME'] ?? process.env['USERPROFILE'] ?? '.',
    environment: process.env,
    pid: process.pid,
    nodeVersion: process.version,
    get contextId() {
      contextId ??= process.getBuiltinModule('node:crypto').randomUUID()
      return contextId
    },
  }
}

function confirm(question: string): Promise<boolean> {
  // Nobody is there to answer.
  if (process.stdin.isTTY !== true) return Promise.resolve(false)
  const { createInterface } = process.getBuiltinModule('node:readline')
  const lines = createInterface({ input: process.stdin, output: process.stderr })
  return new Promise((resolve) => {
    lines.once('close', () => resolve(false))
    lines.question(`${question} [y/N] `, (answer) => {
      resolve(/^y(es)?$/i.test(answer.trim()))
      lines.close()
    })
  })
}
