import type { LabSettings } from './lab-options.ts'
import type { LabProgram } from './service.ts'

/** A process, known by its pid and the moment it started, since pids are used again. */
export interface ProcessMark {
  readonly pid: number
  /** Equal for the same process, different for a later one of that pid; not meant to be read. */
  readonly startedAt: string
}

/** One process of a lab. */
export interface LabProcess extends ProcessMark {
  readonly service: LabProgram
  /** Null for the keeper, which listens on nothing. */
  readonly port: number | null
  readonly command: string
  /** The file in which the port is listed; null for gateway and keeper. */
  readonly portsFile: string | null
  /** Chosen by whoever started it, to find it again. */
  readonly tag: string | null
}

/** A process host as it was left last. */
export interface HostRecord {
  /** Grows with each restart. */
  readonly instance: number
  readonly isUp: boolean
}

/** What is known about a lab, in a file of the user's state folder. */
export interface LabRecord {
  readonly id: string
  readonly directory: string
  /** Whether the lab made its folder unasked and removes it at the end. */
  readonly ownsDirectory: boolean
  readonly phase: 'starting' | 'up'
  /** Who started the lab: a lab that is `starting` while nobody starts it any more is a leftover. */
  readonly starter: ProcessMark
  /** ISO 8601. */
  readonly createdAt: string
  readonly settings: LabSettings
  readonly processes: readonly LabProcess[]
  /** By the number of the host; those that never restarted are missing. */
  readonly hosts?: Readonly<Record<string, HostRecord>>
}

export function gatewayUrl(lab: LabRecord): string {
  return `http://127.0.0.1:${lab.settings.gatewayPort}`
}

export function sameProcess(one: ProcessMark, other: ProcessMark): boolean {
  return one.pid === other.pid && one.startedAt === other.startedAt
}

export function withProcess(record: LabRecord, added: LabProcess): LabRecord {
  return { ...record, processes: [...withoutProcesses(record, [added]).processes, added] }
}

export function withoutProcesses(record: LabRecord, gone: readonly ProcessMark[]): LabRecord {
  return {
    ...record,
    processes: record.processes.filter((process) => !gone.some((other) => sameProcess(process, other))),
  }
}
