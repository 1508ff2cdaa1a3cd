import { defineProbe } from '@squall/contract'
import { z } from 'zod'
import type { OsSystem } from '../os-system.ts'
import { percentOf, rounded } from '../percent.ts'
import type { CpuTimes } from '../readings.ts'
import { windowArgument } from '../target-arguments.ts'

const percent = z.number().describe('0 to 100.')

export function cpu({ readings }: OsSystem) {
  return defineProbe({
    summary: 'How busy the cores were while it watched, in percent.',
    args: z.strictObject({ seconds: windowArgument }),
    result: z.object({
      percent: percent.describe('Of all cores together, 0 to 100.'),
      user: percent,
      system: percent,
      cores: z.array(percent).describe('Each core by itself.'),
    }),
    run: async ({ seconds }, { clock, signal }) => {
      const before = readings.cpuTimes()
      await clock.sleep(seconds * 1000, signal)
      const spent = readings.cpuTimes().map((after, index) => difference(after, before[index]))
      const sum = spent.reduce(added, nothing)
      return {
        percent: percentOf(sum.user + sum.system, total(sum)),
        user: percentOf(sum.user, total(sum)),
        system: percentOf(sum.system, total(sum)),
        cores: spent.map((core) => percentOf(core.user + core.system, total(core))),
      }
    },
  })
}

export function load({ readings }: OsSystem) {
  return defineProbe({
    summary: 'The average number of processes that run or wait to, over 1, 5 and 15 minutes.',
    args: z.strictObject({}),
    result: z.object({ one: z.number(), five: z.number(), fifteen: z.number(), cores: z.int() }),
    run: async () => {
      const [one, five, fifteen] = readings.loadAverages().map(rounded)
      return { one: one ?? 0, five: five ?? 0, fifteen: fifteen ?? 0, cores: readings.cores }
    },
  })
}

const nothing: CpuTimes = { user: 0, system: 0, idle: 0 }

function added(a: CpuTimes, b: CpuTimes): CpuTimes {
  return { user: a.user + b.user, system: a.system + b.system, idle: a.idle + b.idle }
}

function difference(after: CpuTimes, before: CpuTimes = nothing): CpuTimes {
  return {
    user: after.user - before.user,
    system: after.system - before.system,
    idle: after.idle - before.idle,
  }
}

function total({ user, system, idle }: CpuTimes): number {
  return user + system + idle
}
