import path from 'node:path'
import { type LabProgram, portsFileName, type Service } from './service.ts'

export function portsFile(directory: string, service: Service): string {
  return path.join(directory, 'ports', portsFileName[service])
}

export function portFilesOf(directory: string): Readonly<Record<Service, string>> {
  return { datasource: portsFile(directory, 'datasource'), showdata: portsFile(directory, 'showdata') }
}

export function gatewayConfigFile(directory: string): string {
  return path.join(directory, 'conf', 'gateway.json')
}

export function logFile(directory: string, program: LabProgram): string {
  return path.join(directory, 'logs', `${program}.log`)
}

/** The folder of a lab from one of its port files: `DIR/ports/dataSourcePort.txt` is in `DIR`. */
export function labDirectoryOf(portsFile: string): string {
  return path.dirname(path.dirname(path.resolve(portsFile)))
}
