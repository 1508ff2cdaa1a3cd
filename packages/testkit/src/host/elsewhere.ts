import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { LawBroken } from '../law.ts'
import { patience, until } from '../patience.ts'
import type { Order, Report } from './orders.ts'

type ReportOf<Type extends Report['type']> = Extract<Report, { type: Type }>

/** Another process of this machine that carries out one order. */
export class Elsewhere implements AsyncDisposable {
  readonly #child: ChildProcess
  readonly #reports: Report[] = []
  #errors = ''

  /** `directory`: where the process runs; by default where this one does. */
  constructor(order: Order, directory: string = process.cwd()) {
    this.#child = fork(programFile(), [], {
      cwd: directory,
      // The flags of a test runner are none of its business.
      execArgv: [],
      stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    })
    this.#child.on('message', (report: Report) => this.#reports.push(report))
    this.#child.on('error', (error) => this.#note(error.message))
    this.#child.stderr?.on('data', (chunk: Buffer) => this.#note(chunk.toString()))
    this.#child.send(order, (error) => error && this.#note(error.message))
  }

  /** Whether it has said this. */
  has(type: Report['type']): boolean {
    return this.#reports.some((report) => report.type === type)
  }

  /** Waits for it to say this. Throws `LawBroken` when it fails or ends instead. */
  async report<Type extends Report['type']>(type: Type): Promise<ReportOf<Type>> {
    const isOver = () => this.has(type) || this.has('failed') || this.#hasEnded
    await until(isOver, patience.call)
    const report = this.#reports.find((one): one is ReportOf<Type> => one.type === type)
    if (report) return report
    const failure = this.#reports.find((one) => one.type === 'failed')
    const why = failure?.reason ?? (this.#errors.trim() || `it did not come to that in ${patience.call / 1000} s`)
    throw new LawBroken(`In a process of its own: ${why}`)
  }

  /** Aborts the activity. */
  abort(): void {
    // It may have ended by itself: then there is nothing to abort.
    if (this.#child.connected) this.#child.send({ type: 'abort' }, () => {})
  }

  /** Ends the process by SIGKILL, as if the runner had been killed. */
  async kill(): Promise<void> {
    if (this.#hasEnded) return
    const ended = once(this.#child, 'exit')
    this.#child.kill('SIGKILL')
    await ended
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.kill()
  }

  get #hasEnded(): boolean {
    const { pid, exitCode, signalCode } = this.#child
    return pid === undefined || exitCode !== null || signalCode !== null
  }

  #note(text: string): void {
    this.#errors = `${this.#errors}${text}`.slice(-1000)
  }
}

/** A folder that a relative path in a record would not be relative to. */
export function anotherFolder(): string {
  return path.parse(process.cwd()).root
}

function programFile(): string {
  // Tests of this package run this file as it is written; the program is started as it was built.
  const folder = import.meta.url.endsWith('.ts') ? '../../dist/host/programs/' : './programs/'
  return fileURLToPath(new URL(`${folder}elsewhere.js`, import.meta.url))
}
