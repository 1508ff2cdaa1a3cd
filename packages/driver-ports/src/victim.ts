import type { ProcessIdentity } from '@squall/contract'
import { endpointText } from './port-table.ts'
import type { ProcessFacts } from './process-table.ts'

/** A process that may be touched, and where it listens as far as that led to it. */
export interface Victim extends ProcessIdentity {
  readonly parent: number
  readonly command: string
  /** Empty when it was found by pid or by name. */
  readonly endpoints: readonly Endpoint[]
}

export interface Endpoint {
  readonly port: number
  readonly address: string
  /** Name of the network namespace when it is not the one squall runs in. */
  readonly namespace: string | null
}

/** What was found and is left alone, and why. */
export interface Refusal {
  readonly pid: number | null
  readonly command: string | null
  readonly port: number | null
  readonly reason: string
}

/** How a victim stands in the result of an activity. */
export interface VictimRecord {
  pid: number
  command: string
  port: number | null
  addresses: string[]
}

export function victimOf(facts: ProcessFacts, endpoints: readonly Endpoint[]): Victim {
  const { pid, startedAt, parent } = facts
  return { pid, startedAt, parent, command: commandText(facts), endpoints }
}

export function victimRecord({ pid, command, endpoints }: Victim): VictimRecord {
  return { pid, command, port: endpoints[0]?.port ?? null, addresses: endpoints.map(endpointText) }
}

export function refusalOf({ pid, command, endpoints }: Victim, reason: string): Refusal {
  return { pid, command, port: endpoints[0]?.port ?? null, reason }
}

/** `pid 123 (node server.js) listening on 127.0.0.1:8080` */
export function victimText({ pid, command, endpoints }: Victim): string {
  const where = endpoints.map(endpointText).join(' and ')
  return `pid ${pid} (${briefly(command)})${where === '' ? '' : ` listening on ${where}`}`
}

const longestBrief = 48

/** A command line for a sentence: without the folders of its paths, and cut. Results keep the whole of it. */
function briefly(command: string): string {
  const text = command.replace(/(^| )\/\S*\/(?=[^\s/])/g, '$1')
  return text.length <= longestBrief ? text : `${text.slice(0, longestBrief - 1)}…`
}

/** `pid 123 (nginx) on port 80: it is owned by another user (root)` */
export function refusalText({ pid, command, port, reason }: Refusal): string {
  const who = pid === null ? 'the listener' : `pid ${pid}${command === null ? '' : ` (${command})`}`
  return `${who}${port === null ? '' : ` on port ${port}`}: ${reason}`
}

const longestCommand = 120

/** The whole command line on one line; the program's name where there is none. */
export function lineOf({ command, name }: Pick<ProcessFacts, 'command' | 'name'>): string {
  return (command.trim() === '' ? name : command).replace(/[\s\p{Cc}]+/gu, ' ').trim()
}

/** The same, cut to a length that fits a message. */
export function commandText(facts: Pick<ProcessFacts, 'command' | 'name'>): string {
  const text = lineOf(facts)
  return text.length <= longestCommand ? text : `${text.slice(0, longestCommand - 1)}…`
}

/** The order in which candidates stand before any choice: by port, address and pid. */
export function byPlace(a: Victim, b: Victim): number {
  const [here, there] = [a.endpoints[0], b.endpoints[0]]
  const byPort = (here?.port ?? 0) - (there?.port ?? 0)
  if (byPort !== 0) return byPort
  const [left, right] = [here?.address ?? '', there?.address ?? '']
  if (left !== right) return left < right ? -1 : 1
  return a.pid - b.pid
}
