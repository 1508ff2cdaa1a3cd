import type { ProcessIdentity } from '@squall/contract'

/** What is known of every process in a fake table; a driver's own facts stand beside it. */
export type FakeFacts = ProcessIdentity & { readonly isStopped: boolean | null }

/** A process to be: whatever is not given is as usual. `ignores`: signals that do nothing to it. */
export type FakeProcess<Facts extends FakeFacts> = Partial<Facts> & {
  readonly pid: number
  readonly ignores?: readonly string[]
}

/**
 * The processes of a machine in memory, for unit tests of code that finds processes and sends signals to them. SIGSTOP and
 * SIGCONT freeze and continue, any other signal ends a process. The laws do not use it: they try a driver on real ones.
 */
export class FakeProcesses<Facts extends FakeFacts> {
  /** Every signal that got through, as `SIGKILL 12`. */
  readonly signals: string[] = []
  /** Called before each signal is delivered; a test can change the world at that moment. */
  beforeSignal: (pid: number) => void = () => {}
  readonly #usual: (pid: number) => Facts
  readonly #running = new Map<number, { readonly facts: Facts; readonly ignores: readonly string[] }>()

  /** `usual` says what is known of a process of which nothing else is said. */
  constructor(usual: (pid: number) => Facts) {
    this.#usual = usual
  }

  /** Starts a process, or changes one. Another `startedAt` makes it a later one of that pid. */
  run({ ignores = [], ...facts }: FakeProcess<Facts>): Facts {
    const all = { ...this.#usual(facts.pid), ...facts } as Facts
    this.#running.set(facts.pid, { facts: all, ignores })
    return all
  }

  end(pid: number): void {
    this.#running.delete(pid)
  }

  list(): readonly Facts[] {
    return [...this.#running.values()].map(({ facts }) => facts)
  }

  /** Null when there is no such process. */
  find(pid: number): Facts | null {
    return this.#running.get(pid)?.facts ?? null
  }

  /** Null when there is no such process. */
  identity(pid: number): ProcessIdentity | null {
    const found = this.find(pid)
    return found && { pid, startedAt: found.startedAt }
  }

  /** Sends a signal to exactly this process: a later one of its pid is another. */
  signal({ pid, startedAt }: ProcessIdentity, signal: string): 'sent' | 'gone' {
    this.beforeSignal(pid)
    const running = this.#running.get(pid)
    if (running?.facts.startedAt !== startedAt) return 'gone'
    this.signals.push(`${signal} ${pid}`)
    if (!running.ignores.includes(signal)) this.#obey(running, signal)
    return 'sent'
  }

  #obey({ facts, ignores }: { facts: Facts; ignores: readonly string[] }, signal: string): void {
    if (signal !== 'SIGSTOP' && signal !== 'SIGCONT') return this.end(facts.pid)
    const changed = { ...facts, isStopped: signal === 'SIGSTOP' }
    this.#running.set(facts.pid, { facts: changed, ignores })
  }
}
