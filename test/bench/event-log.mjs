import { open } from 'node:fs/promises'
import path from 'node:path'
import { setImmediate as nextTurn } from 'node:timers/promises'
import { openEventLog } from '../../packages/event-log/dist/index.js'
import { alternate, median, mediansOf } from './rounds.mjs'
import { inWorkplace } from './workplace.mjs'

const bufferedRecords = 100_000
const durableRecords = 100
const together = 64
const record = {
  type: 'activity-completed',
  id: 17,
  status: 'succeeded',
  output: { status: 200, text: 'x'.repeat(90) },
}

/** Buffered and durable records of the event log, beside plain writes to a file of the same disk. */
export async function eventLog() {
  return inWorkplace({}, async ({ folder }) => {
    const fresh = (name, round) => path.join(folder, `${name}-${round}`)
    const seen = await alternate({
      buffered: (round) => bufferedInLog(fresh('buffered', round)),
      plain: (round) => bufferedInFile(fresh('plain', round)),
      durable: (round) => durableInLog(fresh('durable', round)),
      synced: (round) => durableInFile(fresh('synced', round)),
      shared: (round) => sharedSyncs(fresh('shared', round)),
    })
    const { buffered, plain, durable, synced, shared } = mediansOf(seen)
    const write = { name: 'plain writes of 64 KiB', value: plain }
    const sync = { name: '`write` and `fdatasync`', value: synced }
    return [
      { id: 'buffered', what: 'event log, buffered record', unit: 'µs', value: buffered, yardstick: write },
      { id: 'durable', what: 'event log, durable record', unit: 'µs', value: durable, yardstick: sync },
      {
        id: 'shared',
        what: `event log, one of ${together} durable records at once`,
        unit: 'µs',
        value: shared,
        yardstick: sync,
      },
    ]
  })
}

async function bufferedInLog(folder) {
  const log = await openEventLog(folder)
  const began = performance.now()
  for (let at = 0; at < bufferedRecords; at += 1) {
    log.append(record)
    if (at % 1000 === 0) await nextTurn()
  }
  await log.flush()
  const took = performance.now() - began
  await log.close()
  return (took / bufferedRecords) * 1000
}

async function bufferedInFile(name) {
  const file = await open(name, 'w')
  const began = performance.now()
  let text = ''
  for (let at = 0; at < bufferedRecords; at += 1) {
    text += `${JSON.stringify(record)}\n`
    if (text.length < 65_536) continue
    await file.write(text)
    text = ''
  }
  await file.write(text)
  const took = performance.now() - began
  await file.close()
  return (took / bufferedRecords) * 1000
}

async function durableInLog(folder) {
  const log = await openEventLog(folder)
  const took = await medianOfMany(() => log.appendDurable(record))
  await log.close()
  return took
}

async function durableInFile(name) {
  const file = await open(name, 'w')
  const took = await medianOfMany(async () => {
    await file.write(`${JSON.stringify(record)}\n`)
    await file.datasync()
  })
  await file.close()
  return took
}

async function sharedSyncs(folder) {
  const log = await openEventLog(folder)
  const took = await medianOfMany(() =>
    Promise.all(Array.from({ length: together }, () => log.appendDurable(record))),
  )
  await log.close()
  return took / together
}

async function medianOfMany(work) {
  const seen = []
  for (let at = 0; at < durableRecords; at += 1) {
    const began = performance.now()
    await work()
    seen.push((performance.now() - began) * 1000)
  }
  return median(seen)
}
