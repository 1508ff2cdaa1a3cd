import { type FakeProcess, FakeProcesses } from '@squall/testkit'
import type { InspectorSystem } from '../src/inspector-system.ts'
import type { ProcessFacts } from '../src/process-table.ts'
import { Visits } from '../src/visits.ts'

/** A machine with a few processes on it; its inspectors open when they are woken. */
export class FakeSystem implements InspectorSystem {
  readonly visits = new Visits()
  readonly woken: number[] = []
  readonly files = new Map<string, string>()
  readonly #facts = new FakeProcesses<ProcessFacts>((pid) => ({
    ...{ pid, startedAt: `start of ${pid}`, parent: 1, uid: 1000, command: `node server-${pid}.js` },
    debug: { host: '127.0.0.1', port: 9229, fromStart: false },
    ...{ program: 'node', handlesWake: true, isReachable: true, isStopped: false },
  }))
  readonly #ports = new Map<number, number>()

  readonly processes: InspectorSystem['processes'] = {
    self: { pid: 100, uid: 1000 },
    find: (pid) => this.#facts.find(pid),
    listening: () => [],
    listenerOf: (port) => this.#ports.get(port) ?? null,
    wake: ({ pid }) => {
      this.woken.push(pid)
      return 'sent'
    },
  }

  readonly inspectors: InspectorSystem['inspectors'] = {
    find: async () => null,
    connect: async () => Promise.reject(new Error('nothing to connect to')),
  }

  constructor() {
    this.run({ pid: 100, parent: 90, command: 'node squall' })
    this.run({ pid: 90, parent: 1, command: 'node wrapper.js' })
  }

  run(facts: FakeProcess<ProcessFacts>): void {
    this.#facts.run(facts)
  }

  /** Nobody does where the pid is 0. */
  listen(port: number, pid: number): void {
    if (pid > 0) this.#ports.set(port, pid)
    else this.#ports.delete(port)
  }

  async readText(file: string): Promise<string | null> {
    return this.files.get(file) ?? null
  }

  newId(): string {
    return 'fault'
  }
}
