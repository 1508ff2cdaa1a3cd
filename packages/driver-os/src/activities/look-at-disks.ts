import path from 'node:path'
import { ActivityFailed, defineProbe } from '@squall/contract'
import { z } from 'zod'
import type { OsSystem } from '../os-system.ts'
import { percentOf, rounded } from '../percent.ts'
import { windowArgument } from '../target-arguments.ts'

const space = {
  total: z.int(),
  available: z.int().describe('What this user may still write.'),
  used: z.int(),
  percent: z.number().describe('`used` of `used` and `available`, as df shows it.'),
}

export function disk({ files }: OsSystem) {
  return defineProbe({
    summary: 'How full the disk is on which a file or folder lies: bytes, and percent.',
    args: z.strictObject({ path: z.string().min(1).default('.').describe('Relative to the experiment.') }),
    result: z.object(space),
    run: async (given, { directory }) => {
      const place = path.resolve(directory, given.path)
      if ((await files.look(place)) === null) throw new ActivityFailed(`There is nothing at ${place}.`)
      const { total, available, free } = await files.space(place)
      const used = total - free
      return { total, available, used, percent: percentOf(used, used + available) }
    },
  })
}

export function disks({ readings }: OsSystem) {
  return defineProbe({
    summary: 'Every mounted disk and how full it is: bytes, and percent.',
    args: z.strictObject({}),
    result: z.array(z.object({ device: z.string(), type: z.string(), mount: z.string(), ...space })),
    run: async () =>
      (await readings.mounts()).map(({ used, available, ...mount }) => ({
        ...mount,
        available,
        used,
        percent: percentOf(used, used + available),
      })),
  })
}

export function diskTraffic({ readings }: OsSystem) {
  return defineProbe({
    summary: 'What was read from and written to the disks while it watched, each second.',
    args: z.strictObject({ seconds: windowArgument }),
    result: z.object({
      read_bytes: z.number(),
      written_bytes: z.number(),
      reads: z.number(),
      writes: z.number(),
    }),
    run: async ({ seconds }, { clock, signal }) => {
      const [began, before] = [clock.monotonic(), await readings.diskTraffic()]
      await clock.sleep(seconds * 1000, signal)
      const after = await readings.diskTraffic()
      const lasted = (clock.monotonic() - began) / 1000
      const rate = (key: keyof typeof after): number => rounded((after[key] - before[key]) / lasted)
      return {
        read_bytes: rate('readBytes'),
        written_bytes: rate('writtenBytes'),
        reads: rate('reads'),
        writes: rate('writes'),
      }
    },
  })
}
