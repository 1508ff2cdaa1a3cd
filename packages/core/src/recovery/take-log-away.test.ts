import { openEventLog, readEventLog } from '@squall/event-log'
import { expect, it } from 'vitest'
import { scratchFolder } from '../../test/scratch-folder.ts'
import { takeLogAway } from './take-log-away.ts'

it('keeps what a healer that was frozen still writes out of the log', async () => {
  const folder = await scratchFolder()
  const late = await openEventLog(folder, { segmentRecords: 2 })
  for (const record of ['one', 'two', 'three']) await late.appendDurable(record)
  late.append('held by the frozen one')

  await takeLogAway(folder)
  const next = await openEventLog(folder, { segmentRecords: 2 })
  await next.appendDurable('four')
  await late.close()
  await next.appendDurable('five')
  await next.close()

  const { records, damage, torn } = await readEventLog(folder)
  expect(records).toEqual(['one', 'two', 'three', 'four', 'five'])
  expect({ damage, torn }).toEqual({ damage: [], torn: undefined })
})
