import type { ProcessIdentity } from '@squall/contract'
import type { SignalDelivery } from '@squall/procfs'
import type { Listener, PortQuery, PortTable } from '../src/port-table.ts'
import type { ProcessFacts, ProcessTable, SignalName } from '../src/process-table.ts'

export const ownPid = 100
export const ownUid = 1000

type FakeProcess = Partial<ProcessFacts> & { readonly pid: number; readonly ignores?: readonly SignalName[] }
type FakeListener = Partial<Listener> & { readonly port: number; readonly pid: number | null }

/** A machine in memory: squall runs there as process 100 of user 1000, started by 50, started by 1. */
export class FakeMachine implements PortTable, ProcessTable {
  readonly self = { pid: ownPid, uid: ownUid }
  readonly systemPids = [0, 1]
  canPause = true
  /** Every signal that got through, as `SIGKILL 12`. */
  readonly signals: string[] = []
  /** Called before each signal is delivered; a test can change the world at that moment. */
  beforeSignal: (pid: number) => void = () => {}
  /** Called after each time ports were listed. */
  afterListing: () => void = () => {}
  readonly #processes = new Map<number, ProcessFacts & { ignores: readonly SignalName[] }>()
  #listeners: (Omit<Listener, 'holder'> & { pid: number | null })[] = []

  constructor() {
    this.run({ pid: 1, parent: 0, uid: 0, command: 'init' })
    this.run({ pid: 50, parent: 1, command: 'npm start' })
    this.run({ pid: ownPid, parent: 50, command: 'squall run experiment.json' })
  }

  run(process: FakeProcess): void {
    const { pid } = process
    const facts = { parent: 1, uid: ownUid, name: 'node', command: `node server-${pid}.js`, ignores: [] }
    const state = { isStopped: false, isKernelThread: false }
    this.#processes.set(pid, { startedAt: `start of ${pid}`, ...facts, ...state, ...process })
  }

  listen({ port, pid, ...rest }: FakeListener): void {
    const usual = { address: '127.0.0.1', family: 'IPv4' as const, uid: ownUid, namespace: null }
    if (pid !== null && !this.#processes.has(pid)) this.run({ pid })
    this.#listeners.push({ ...usual, ...rest, port, pid })
  }

  end(pid: number): void {
    this.#processes.delete(pid)
    this.#listeners = this.#listeners.filter((listener) => listener.pid !== pid)
  }

  isStopped(pid: number): boolean | undefined {
    return this.#processes.get(pid)?.isStopped ?? undefined
  }

  async listeners({ ports, namespaces }: PortQuery): Promise<readonly Listener[]> {
    const rows = this.#listeners
      .filter(({ port, namespace }) => ports.includes(port) && (namespaces === 'all' || namespace === null))
      .map(({ pid, ...row }) => ({ ...row, holder: pid === null ? null : this.#identity(pid) }))
    this.afterListing()
    return rows
  }

  async list(): Promise<readonly ProcessFacts[]> {
    return [...this.#processes.values()]
  }

  async find(pid: number): Promise<ProcessFacts | null> {
    return this.#processes.get(pid) ?? null
  }

  async signal({ pid, startedAt }: ProcessIdentity, signal: SignalName): Promise<SignalDelivery> {
    this.beforeSignal(pid)
    const process = this.#processes.get(pid)
    if (process?.startedAt !== startedAt) return 'gone'
    this.signals.push(`${signal} ${pid}`)
    if (process.ignores.includes(signal)) return 'sent'
    if (signal === 'SIGSTOP' || signal === 'SIGCONT') {
      this.#processes.set(pid, { ...process, isStopped: signal === 'SIGSTOP' })
    } else this.end(pid)
    return 'sent'
  }

  userName(uid: number): string {
    return uid === 0 ? 'root' : `uid ${uid}`
  }

  #identity(pid: number): ProcessIdentity | null {
    const process = this.#processes.get(pid)
    return process ? { pid, startedAt: process.startedAt } : null
  }
}
