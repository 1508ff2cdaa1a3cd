import { availableParallelism, cpus, loadavg } from 'node:os'
import type { Readings } from '../readings.ts'

/** This machine. */
export const systemReadings: Readings = {
  cores: availableParallelism(),
  cpuTimes: () =>
    cpus().map(({ times }) => ({
      user: times.user + times.nice,
      system: times.sys + times.irq,
      idle: times.idle,
    })),
  loadAverages: () => {
    const [one = 0, five = 0, fifteen = 0] = loadavg()
    return [one, five, fifteen]
  },
  availableMemory: () => process.availableMemory(),
  memory: async () => (await library()).memory(),
  mounts: async () => (await library()).mounts(),
  diskTraffic: async () => (await library()).diskTraffic(),
  networkTraffic: async () => (await library()).networkTraffic(),
  processes: async () => (await library()).processes(),
}

// Loaded when it is needed: it is large.
function library(): Promise<typeof import('./system-information.ts')> {
  return import('./system-information.ts')
}
