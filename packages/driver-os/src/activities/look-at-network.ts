import { ActivityFailed, defineProbe } from '@squall/contract'
import { z } from 'zod'
import type { OsSystem } from '../os-system.ts'
import { rounded } from '../percent.ts'
import type { NetworkTraffic } from '../readings.ts'
import { windowArgument } from '../target-arguments.ts'

export function network({ readings }: OsSystem) {
  return defineProbe({
    summary:
      'What went through each network interface while it watched: bytes each second, errors and drops.',
    args: z.strictObject({
      interface: z.string().min(1).optional().describe('Its name. Default: all.'),
      seconds: windowArgument,
    }),
    result: z.array(
      z.object({
        interface: z.string(),
        received: z.number().describe('Bytes each second.'),
        sent: z.number().describe('Bytes each second.'),
        errors: z.int().describe('Packets, in both directions.'),
        dropped: z.int().describe('Packets, in both directions.'),
      }),
    ),
    run: async ({ interface: wanted, seconds }, { clock, signal }) => {
      const [began, before] = [clock.monotonic(), await readings.networkTraffic()]
      await clock.sleep(seconds * 1000, signal)
      const after = await readings.networkTraffic()
      const lasted = (clock.monotonic() - began) / 1000
      const rows = after.filter(({ name }) => wanted === undefined || name === wanted)
      if (wanted !== undefined && rows.length === 0)
        throw new ActivityFailed(`There is no network interface ${wanted}.`)
      return rows.map((row) => changeOf(row, before.find(({ name }) => name === row.name) ?? row, lasted))
    },
  })
}

function changeOf(after: NetworkTraffic, before: NetworkTraffic, seconds: number) {
  const change = (key: Exclude<keyof NetworkTraffic, 'name'>): number => after[key] - before[key]
  return {
    interface: after.name,
    received: rounded(change('receivedBytes') / seconds),
    sent: rounded(change('sentBytes') / seconds),
    errors: change('receiveErrors') + change('sendErrors'),
    dropped: change('receiveDropped') + change('sendDropped'),
  }
}
