import path from 'node:path'
import type { HostRecord, LabProcess, LabRecord, ProcessMark } from '../lab-record.ts'
import { isService, type Service } from '../service.ts'
import { readIfPresent } from './atomic-file.ts'
import { endProcesses, killProcess, notEnded } from './end-processes.ts'
import { isHealthy } from './http-get.ts'
import { LabRegistry } from './lab-registry.ts'
import { runningOf } from './process-mark.ts'
import { basePort } from './start-instance.ts'

const patienceMs = 1000

/** An instance that runs, and on which host. */
export interface HostedInstance extends ProcessMark {
  readonly service: Service
  readonly port: number
  /** From 0. */
  readonly host: number
  /** Whether it answers its health check. */
  readonly isHealthy: boolean
}

/** A lab as a cluster of process hosts. */
export interface LabHosts {
  readonly id: string
  readonly directory: string
  /** Wanted instances of each service. */
  readonly wanted: number
  readonly hasKeeper: boolean
  /** In the order of their numbers. */
  readonly hosts: readonly HostRecord[]
  /** The first port of each service: that of the first host. */
  readonly basePorts: Readonly<Record<Service, number>>
  readonly instances: readonly HostedInstance[]
  /** Processes that belong to no service and do not answer. */
  readonly silent: readonly string[]
  /** What the deploy lock says; undefined when there is none. */
  readonly deploying: string | undefined
}

/** While this file is there, somebody deploys. */
export function deployLockFile(directory: string): string {
  return path.join(directory, 'deploy.lock')
}

/** Looks at a lab; undefined once it has been taken down. Changes nothing. */
export async function lookAtHosts(recordFile: string, signal?: AbortSignal): Promise<LabHosts | undefined> {
  const record = await new LabRegistry(recordFile).read()
  if (!record) return undefined
  const running = await runningOf(record.processes)
  const answers = await Promise.all(running.map((process) => isHealthy(process, patienceMs, signal)))
  signal?.throwIfAborted()
  const { hosts, instances, keeper } = record.settings
  const lock = await readIfPresent(deployLockFile(record.directory))
  return {
    id: record.id,
    directory: record.directory,
    wanted: instances,
    hasKeeper: keeper,
    hosts: Array.from({ length: hosts }, (_, n) => hostOf(record, n)),
    basePorts: { datasource: basePort(record, 'datasource'), showdata: basePort(record, 'showdata') },
    instances: running.flatMap((process, n) => hosted(record, process, answers[n] ?? false)),
    silent: silentOf(record, running, answers),
    deploying: lock === undefined ? undefined : lock.trim() || 'somebody deploys',
  }
}

/** Notes what became of a host. */
export function recordHost(recordFile: string, host: number, change: HostRecord): Promise<void> {
  return new LabRegistry(recordFile).replace(
    async (record) => record && { ...record, hosts: { ...record.hosts, [host]: change } },
  )
}

/** Ends an instance and unlists it: kills it, or asks it first. Throws `LabError` when it resists. */
export async function endInstance(recordFile: string, mark: ProcessMark, how: 'kill' | 'ask'): Promise<void> {
  const isGone =
    how === 'kill' ? await killProcess(mark) : !(await endProcesses([mark])).includes('still running')
  if (!isGone) throw notEnded([mark])
  await new LabRegistry(recordFile).unregister(mark)
}

function hostOf({ hosts }: LabRecord, n: number): HostRecord {
  return hosts?.[n] ?? { instance: 1, isUp: true }
}

/** An instance on a port outside of the hosts' ports is on none of them. */
function hosted(record: LabRecord, process: LabProcess, isHealthy: boolean): HostedInstance[] {
  const { service, port, pid, startedAt } = process
  if (!isService(service) || port === null) return []
  const host = port - basePort(record, service)
  const isOnHost = host >= 0 && host < record.settings.hosts
  return isOnHost ? [{ service, port, host, pid, startedAt, isHealthy }] : []
}

function silentOf(
  { processes }: LabRecord,
  running: readonly LabProcess[],
  answers: readonly boolean[],
): string[] {
  return processes
    .filter((process) => !isService(process.service) && !answers[running.indexOf(process)])
    .map(({ service }) => service)
}
