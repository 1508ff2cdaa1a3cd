import type { LabSettings } from '../lab-options.ts'
import { portFilesOf } from '../lab-paths.ts'
import { gatewayUrl, type LabProcess, type LabRecord } from '../lab-record.ts'
import { type LabProgram, type Service, services } from '../service.ts'
import { isHealthy } from './http-get.ts'
import type { LabRegistry } from './lab-registry.ts'
import { isRunning } from './process-mark.ts'

const patienceMs = 500

/** One process of a lab as it is now. */
export interface ProcessStatus {
  readonly program: LabProgram
  readonly pid: number
  /** Null for the keeper, which listens on nothing. */
  readonly port: number | null
  /** `silent`: it runs but does not answer its health check within half a second, as when it is frozen. */
  readonly state: 'healthy' | 'silent' | 'dead'
  readonly command: string
}

/** A lab as it is now. JSON-safe. */
export interface LabStatus {
  readonly directory: string
  /** Address of the gateway. */
  readonly url: string
  /** ISO 8601. */
  readonly createdAt: string
  readonly settings: LabSettings
  readonly portFiles: Readonly<Record<Service, string>>
  readonly processes: readonly ProcessStatus[]
  /** Healthy processes of each kind. */
  readonly healthy: Readonly<Record<LabProgram, number>>
}

/** Looks at all processes of a lab; undefined when it has been taken down. Changes nothing. */
export async function statusIn(registry: LabRegistry, signal?: AbortSignal): Promise<LabStatus | undefined> {
  const record = await registry.read()
  return record && statusOf(record, signal)
}

/** Rejects with the signal's reason when it is aborted. */
export async function statusOf(record: LabRecord, signal?: AbortSignal): Promise<LabStatus> {
  const processes = await Promise.all(record.processes.map((process) => processStatus(process, signal)))
  signal?.throwIfAborted()
  const healthy = (program: LabProgram) =>
    processes.filter((process) => process.program === program && process.state === 'healthy').length
  return {
    ...facts(record),
    processes: processes.toSorted(byProgramAndPort),
    healthy: {
      datasource: healthy('datasource'),
      showdata: healthy('showdata'),
      gateway: healthy('gateway'),
      keeper: healthy('keeper'),
    },
  }
}

function facts(lab: LabRecord) {
  const { directory, settings, createdAt } = lab
  return { directory, createdAt, settings, url: gatewayUrl(lab), portFiles: portFilesOf(directory) }
}

async function processStatus(process: LabProcess, signal?: AbortSignal): Promise<ProcessStatus> {
  const { service: program, pid, port, command } = process
  return { program, pid, port, state: await stateOf(process, signal), command }
}

async function stateOf(process: LabProcess, signal?: AbortSignal): Promise<ProcessStatus['state']> {
  if (!(await isRunning(process))) return 'dead'
  return (await isHealthy(process, patienceMs, signal)) ? 'healthy' : 'silent'
}

function byProgramAndPort(one: ProcessStatus, other: ProcessStatus): number {
  const order: readonly LabProgram[] = ['gateway', ...services, 'keeper']
  return order.indexOf(one.program) - order.indexOf(other.program) || (one.port ?? 0) - (other.port ?? 0)
}
