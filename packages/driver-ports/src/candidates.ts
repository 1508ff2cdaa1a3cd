import type { ProcessIdentity } from '@squall/contract'
import type { Guard } from './guard.ts'
import { missingPorts } from './missing-ports.ts'
import { namePattern } from './name-pattern.ts'
import type { Listener } from './port-table.ts'
import { isSameProcess, type ProcessFacts } from './process-table.ts'
import type { System } from './system.ts'
import { byPlace, commandText, type Endpoint, type Refusal, type Victim, victimOf } from './victim.ts'

/** Which processes are meant. */
export type Selector =
  | { readonly by: 'port'; readonly ports: readonly number[]; readonly otherNamespaces: boolean }
  | { readonly by: 'pid'; readonly pids: readonly number[] }
  | { readonly by: 'name'; readonly patterns: readonly string[] }

export interface Candidates {
  /** In the order of `byPlace`, each process once. */
  readonly victims: readonly Victim[]
  readonly refused: readonly Refusal[]
  /** Sentences on what was asked for and is not there. */
  readonly missing: readonly string[]
}

/** What of the system a search needs: the guard decides who may be touched at all. */
export interface Search {
  readonly system: System
  readonly guard: Guard
  /** A further reason to leave a process alone, e.g. that it is paused already. */
  readonly objection?: (facts: ProcessFacts) => string | null
}

/** Finds the processes that are meant and may be touched, and says what is left alone. Changes nothing. */
export async function findCandidates(selector: Selector, search: Search): Promise<Candidates> {
  if (selector.by === 'port') return byPort(selector, search)
  if (selector.by === 'pid') return byPid(selector.pids, search)
  return byName(selector.patterns, search)
}

async function byPort(
  { ports, otherNamespaces }: Extract<Selector, { by: 'port' }>,
  search: Search,
): Promise<Candidates> {
  const { system } = search
  const namespaces = otherNamespaces ? 'all' : 'own'
  const listeners = await system.ports.listeners({ ports, namespaces })
  const sorter = new Sorter(search)
  for (const { holder, endpoints } of groupByHolder(listeners)) {
    const facts = await system.processes.find(holder.pid)
    // Ended since it was listed: nobody to name any more.
    if (facts === null || !isSameProcess(facts, holder)) continue
    sorter.add(facts, endpoints)
  }
  for (const listener of listeners) {
    if (listener.holder === null) sorter.refused.push(unseen(listener, system))
  }
  if (ports.length === 0) sorter.missing.push('no port is given')
  const missing = ports.filter((port) => !listeners.some((listener) => listener.port === port))
  sorter.missing.push(...(await missingPorts(missing, namespaces, system)))
  return sorter.sorted()
}

async function byPid(pids: readonly number[], search: Search): Promise<Candidates> {
  const sorter = new Sorter(search)
  for (const pid of new Set(pids)) {
    const reason = search.guard.objectionToPid(pid)
    const facts = await search.system.processes.find(pid)
    if (reason !== null) sorter.refuse(pid, facts, null, reason)
    else if (facts === null) sorter.missing.push(`there is no process ${pid} that squall can see`)
    else sorter.add(facts, [])
  }
  return sorter.sorted()
}

async function byName(patterns: readonly string[], search: Search): Promise<Candidates> {
  const sorter = new Sorter(search)
  const processes = (await search.system.processes.list()).filter(({ isKernelThread }) => !isKernelThread)
  const isMeant = patterns.map(namePattern)
  for (const facts of processes) {
    if (isMeant.some((matches) => matches(facts))) sorter.add(facts, [])
  }
  patterns.forEach((pattern, index) => {
    if (!processes.some((facts) => isMeant[index]?.(facts))) {
      sorter.missing.push(`no process is named '${pattern}'`)
    }
  })
  return sorter.sorted()
}

/** Sorts what was found into who may be touched and who may not. */
class Sorter {
  readonly victims: Victim[] = []
  readonly refused: Refusal[] = []
  readonly missing: string[] = []
  readonly #search: Search

  constructor(search: Search) {
    this.#search = search
  }

  add(facts: ProcessFacts, endpoints: readonly Endpoint[]): void {
    const reason = this.#search.guard.objection(facts) ?? this.#search.objection?.(facts) ?? null
    if (reason === null) this.victims.push(victimOf(facts, endpoints))
    else this.refuse(facts.pid, facts, endpoints[0]?.port ?? null, reason)
  }

  refuse(pid: number, facts: ProcessFacts | null, port: number | null, reason: string): void {
    this.refused.push({ pid, command: facts && commandText(facts), port, reason })
  }

  sorted(): Candidates {
    return { victims: this.victims.sort(byPlace), refused: this.refused, missing: this.missing }
  }
}

interface Held {
  readonly holder: ProcessIdentity
  readonly endpoints: Endpoint[]
}

function groupByHolder(listeners: readonly Listener[]): readonly Held[] {
  const groups = new Map<string, Held>()
  for (const { holder, port, address, namespace } of listeners) {
    if (holder === null) continue
    const key = `${holder.pid} ${holder.startedAt}`
    const group = groups.get(key) ?? { holder, endpoints: [] }
    groups.set(key, group)
    if (group.endpoints.some((known) => known.port === port && known.address === address)) continue
    group.endpoints.push({ port, address, namespace })
  }
  for (const { endpoints } of groups.values()) endpoints.sort(byPortAndAddress)
  return [...groups.values()]
}

function byPortAndAddress(a: Endpoint, b: Endpoint): number {
  return a.port - b.port || (a.address < b.address ? -1 : 1)
}

function unseen({ port, uid }: Listener, { processes }: System): Refusal {
  const isOurs = uid === null || uid === processes.self.uid
  const reason = isOurs
    ? 'its process cannot be seen from here'
    : `it is owned by another user (${processes.userName(uid)}), whose processes squall cannot see`
  return { pid: null, command: null, port, reason }
}
