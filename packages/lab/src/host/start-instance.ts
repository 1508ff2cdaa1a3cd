import { portsFile } from '../lab-paths.ts'
import type { LabRecord } from '../lab-record.ts'
import { writePorts } from '../port-ranges.ts'
import type { Service } from '../service.ts'
import { type StartedProgram, startProgram } from './start-program.ts'

/** One more instance of a service. */
export interface InstanceStart {
  readonly service: Service
  readonly lab: LabRecord
  readonly recordFile: string
  /** Ports to try, in this order. */
  readonly ports: readonly number[]
  /** Default: the lab's own file for that service. */
  readonly portsFile?: string | undefined
  readonly tag?: string | undefined
  readonly signal?: AbortSignal | undefined
}

/** Starts an instance; resolves once it answers and is listed. */
export function startInstance(start: InstanceStart): Promise<StartedProgram> {
  const { service, lab, ports, portsFile: file = portsFile(lab.directory, service), ...rest } = start
  const dataUrl = `http://127.0.0.1:${lab.settings.gatewayPort}/getData`
  return startProgram({
    ...rest,
    program: service,
    lab,
    args: [
      '--ports',
      writePorts(ports),
      '--ports-file',
      file,
      ...(service === 'showdata' ? ['--data-url', dataUrl] : []),
    ],
  })
}

export function basePort(lab: LabRecord, service: Service): number {
  return service === 'datasource' ? lab.settings.dataSourcePort : lab.settings.showDataPort
}
