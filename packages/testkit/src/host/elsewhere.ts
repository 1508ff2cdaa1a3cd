import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { mkdir, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
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

  /** Whether the activity has come to its end, or the process could not carry out its order. */
  get isOver(): boolean {
    return this.has('ended') || this.has('failed') || this.#hasEnded
  }

  /** Waits for it to say this. Throws `LawBroken` when it cannot come to that any more, or takes too long. */
  async report<Type extends Report['type']>(type: Type): Promise<ReportOf<Type>> {
    const isTooLate = () => (type === 'registered' ? this.isOver : this.has('failed') || this.#hasEnded)
    await until(() => this.has(type) || isTooLate(), patience.call)
    const report = this.#find(type)
    if (report) return report
    throw new LawBroken(`In a process of its own: ${this.#whyNot(type)}.`)
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

  #find<Type extends Report['type']>(type: Type): ReportOf<Type> | undefined {
    return this.#reports.find((report): report is ReportOf<Type> => report.type === type)
  }

  #whyNot(type: Report['type']): string {
    const reason = this.#find('failed')?.reason ?? this.#find('ended')?.error ?? this.#errors.trim()
    if (reason !== '') return reason.replace(/\.$/, '')
    if (type === 'registered' && this.has('ended')) return 'it ended and had registered no undo'
    return `it has not come to '${type}' in time (${patience.call / 1000} s, three times as long on a busy machine)`
  }

  get #hasEnded(): boolean {
    const { pid, exitCode, signalCode } = this.#child
    return pid === undefined || exitCode !== null || signalCode !== null
  }

  #note(text: string): void {
    this.#errors = `${this.#errors}${text}`.slice(-1000)
  }
}

/**
 * Makes a folder from which a path that is relative to this process's folder leads nowhere: it lies deeper, so that as
 * many steps up do not reach the root.
 */
export async function deeperFolder(): Promise<{ readonly folder: string; remove(): Promise<void> }> {
  const top = await mkdtemp(path.join(tmpdir(), 'squall-law-'))
  const steps = process.cwd().split(path.sep).length
  const folder = path.join(top, ...Array.from({ length: steps }, () => 'deeper'))
  await mkdir(folder, { recursive: true })
  return { folder, remove: () => rm(top, { recursive: true, force: true }) }
}

function programFile(): string {
  // Tests of this package run this file as it is written; the program is started as it was built.
  const folder = import.meta.url.endsWith('.ts') ? '../../dist/host/programs/' : './programs/'
  return fileURLToPath(new URL(`${folder}elsewhere.js`, import.meta.url))
}
