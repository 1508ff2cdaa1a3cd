import type { ProcessIdentity } from '@squall/contract'
import type { SignalDelivery } from '@squall/procfs'
import { type FakeProcess, FakeProcesses } from '@squall/testkit'
import type { Listener, PortQuery, PortTable } from '../src/port-table.ts'
import type { ProcessFacts, ProcessTable, SignalName } from '../src/process-table.ts'

export const ownPid = 100
export const ownUid = 1000

type FakeListener = Partial<Listener> & { readonly port: number; readonly pid: number | null }

/** A machine in memory: squall runs there as process 100 of user 1000, started by 50, started by 1. */
export class FakeMachine implements PortTable, ProcessTable {
  readonly self = { pid: ownPid, uid: ownUid }
  readonly systemPids = [0, 1]
  canPause = true
  /** Called after each time ports were listed. */
  afterListing: () => void = () => {}
  readonly #processes = new FakeProcesses<ProcessFacts>((pid) => ({
    ...{ pid, startedAt: `start of ${pid}`, parent: 1, uid: ownUid, name: 'node' },
    ...{ command: `node server-${pid}.js`, isStopped: false, isKernelThread: false },
  }))
  #listeners: (Omit<Listener, 'holder'> & { pid: number | null })[] = []

  constructor() {
    this.run({ pid: 1, parent: 0, uid: 0, command: 'init' })
    this.run({ pid: 50, parent: 1, command: 'npm start' })
    this.run({ pid: ownPid, parent: 50, command: 'squall run experiment.json' })
  }

  /** Every signal that got through, as `SIGKILL 12`. */
  get signals(): string[] {
    return this.#processes.signals
  }

  set beforeSignal(hook: (pid: number) => void) {
    this.#processes.beforeSignal = hook
  }

  run(process: FakeProcess<ProcessFacts>): void {
    this.#processes.run(process)
  }

  listen({ port, pid, ...rest }: FakeListener): void {
    const usual = { address: '127.0.0.1', family: 'IPv4' as const, uid: ownUid, namespace: null }
    if (pid !== null && !this.#processes.find(pid)) this.run({ pid })
    this.#listeners.push({ ...usual, ...rest, port, pid })
  }

  end(pid: number): void {
    this.#processes.end(pid)
    this.#listeners = this.#listeners.filter((listener) => listener.pid !== pid)
  }

  isStopped(pid: number): boolean | undefined {
    return this.#processes.find(pid)?.isStopped ?? undefined
  }

  async listeners({ ports, namespaces }: PortQuery): Promise<readonly Listener[]> {
    const rows = this.#listeners
      .filter(({ port, namespace }) => ports.includes(port) && (namespaces === 'all' || namespace === null))
      .map(({ pid, ...row }) => ({ ...row, holder: pid === null ? null : this.#processes.identity(pid) }))
    this.afterListing()
    return rows
  }

  async list(): Promise<readonly ProcessFacts[]> {
    return this.#processes.list()
  }

  async find(pid: number): Promise<ProcessFacts | null> {
    return this.#processes.find(pid)
  }

  async signal(target: ProcessIdentity, signal: SignalName): Promise<SignalDelivery> {
    const delivery = this.#processes.signal(target, signal)
    // Nobody listens for a process that has ended.
    if (!this.#processes.find(target.pid)) this.end(target.pid)
    return delivery
  }

  userName(uid: number): string {
    return uid === 0 ? 'root' : `uid ${uid}`
  }
}
