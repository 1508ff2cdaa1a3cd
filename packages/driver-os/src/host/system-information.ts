import si from 'systeminformation'
import type { DiskTraffic, ListedProcess, Memory, Mount, NetworkTraffic } from '../readings.ts'

/** Bytes. */
export async function memory(): Promise<Memory> {
  const { total, available, swaptotal, swapused } = await si.mem()
  return { total, available, swapTotal: swaptotal, swapUsed: swapused }
}

export async function mounts(): Promise<readonly Mount[]> {
  return (await si.fsSize()).map(({ fs, type, mount, size, used, available }) => ({
    device: fs,
    type,
    mount,
    total: size,
    used,
    available,
  }))
}

export async function diskTraffic(): Promise<DiskTraffic> {
  const [bytes, operations] = await Promise.all([si.fsStats(), si.disksIO()])
  return {
    readBytes: bytes?.rx ?? 0,
    writtenBytes: bytes?.wx ?? 0,
    reads: operations?.rIO ?? 0,
    writes: operations?.wIO ?? 0,
  }
}

export async function networkTraffic(): Promise<readonly NetworkTraffic[]> {
  return (await si.networkStats('*')).map((one) => ({
    name: one.iface,
    receivedBytes: one.rx_bytes,
    sentBytes: one.tx_bytes,
    receiveErrors: one.rx_errors,
    sendErrors: one.tx_errors,
    receiveDropped: one.rx_dropped,
    sendDropped: one.tx_dropped,
  }))
}

export async function processes(): Promise<readonly ListedProcess[]> {
  return (await si.processes()).list.map((one) => ({
    pid: one.pid,
    parent: one.parentPid,
    name: one.name,
    command: [one.command, one.params].filter((word) => word !== '').join(' '),
    user: one.user,
    state: one.state,
    // It tells kibibytes.
    resident: one.memRss * 1024,
  }))
}
