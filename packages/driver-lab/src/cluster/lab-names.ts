import { createHash } from 'node:crypto'
import type { HostedInstance, LabHosts, Service } from '@squall/lab'

// What the parts of a lab are called in a snapshot.

export const services: readonly Service[] = ['datasource', 'showdata']

const words = { datasource: 'DataSource', showdata: 'ShowData' } as const

export function applicationOf(service: Service): string {
  return `fabric:/${words[service]}`
}

export function serviceNameOf(service: Service): string {
  return `${applicationOf(service)}/Instances`
}

export function manifestOf(service: Service): string {
  return `${words[service]}Pkg`
}

export function hostName(host: number): string {
  return `host${host + 1}`
}

/** The number of a host; -1 when there is none of that name. */
export function hostNumber({ hosts }: LabHosts, name: string): number {
  return hosts.findIndex((_, n) => hostName(n) === name)
}

/** A GUID that depends on the lab and the service alone. */
export function partitionOf({ id }: LabHosts, service: Service): string {
  const hex = createHash('sha256').update(`${id} ${service}`).digest('hex')
  return [8, 4, 4, 4, 12]
    .map((length, n, all) => {
      const start = all.slice(0, n).reduce((sum, one) => sum + one, 0)
      return hex.slice(start, start + length)
    })
    .join('-')
}

/** Grows with each start on a machine: the moment the process began, without the name of the boot. */
export function instanceIdOf({ startedAt }: HostedInstance): string {
  return startedAt.split('/').at(-1)?.replace(/\D/g, '') || '0'
}

export function replicaIdOf(instance: HostedInstance): string {
  return `${instanceIdOf(instance)}${String(instance.pid).padStart(7, '0')}`
}
