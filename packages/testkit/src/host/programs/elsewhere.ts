import type { Driver } from '@squall/contract'
import { type Address, callAt } from '../../call.ts'
import { namesOf } from '../../driver-names.ts'
import { type LawContext, lawContext } from '../../law-context.ts'
import { playUndos } from '../../play-undo.ts'
import { errorText } from '../../shown.ts'
import { UndoRecorder } from '../../undo-recorder.ts'
import { OpenResources } from '../open-resources.ts'
import type { ActOrder, DescribeOrder, Order, Report, UndoOrder } from '../orders.ts'
import { RecordFile } from '../record-file.ts'

const abort = new AbortController()
// Whoever gave the order is gone: nobody is left to be told.
process.once('disconnect', () => process.exit())
process.on('message', (message: Order | { type: 'abort' }) => {
  if (message.type === 'abort') abort.abort(new Error('The law aborts it.'))
  else carryOut(message).catch((error: unknown) => tell({ type: 'failed', reason: errorText(error) }))
})

function carryOut(order: Order): Promise<void> {
  if (order.type === 'act') return act(order)
  return order.type === 'undo' ? undo(order) : describe(order)
}

async function describe({ driverFile }: DescribeOrder): Promise<void> {
  tell({ type: 'described', names: namesOf(await driverIn(driverFile)) })
}

async function undo({ driverFile, records }: UndoOrder): Promise<void> {
  const driver = await driverIn(driverFile)
  tell({ type: 'undone', answers: await playUndos(driver, records, lawContext()) })
}

async function act(order: ActOrder): Promise<void> {
  const before = OpenResources.now()
  const driver = await driverIn(order.driverFile)
  const context = contextOf(order)
  await play(driver, order.address, order, context)
  if (!order.tidy) return
  await playUndos(driver, context.undos.records, lawContext())
  // What a driver keeps between calls it ends when the run is over.
  await driver.close?.()
  tell({ type: 'left', open: await before.leftBy() })
}

async function play(
  driver: Driver,
  address: Address,
  { input }: ActOrder,
  context: LawContext,
): Promise<void> {
  try {
    await callAt(driver, address, input, context)
    tell({ type: 'ended' })
  } catch (error) {
    // Whether it may fail is for the law to say.
    tell({ type: 'ended', error: errorText(error) })
  }
}

function contextOf({ recordFile, hold, surroundings }: ActOrder): LawContext {
  const file = recordFile === undefined ? undefined : new RecordFile(recordFile)
  return lawContext({
    ...surroundings,
    signal: abort.signal,
    undos: new UndoRecorder((id, record) => file?.append(id, record)),
    onUndo: async () => {
      tell({ type: 'registered' })
      if (hold) await new Promise(() => {})
    },
  })
}

async function driverIn(file: string): Promise<Driver> {
  const { default: driver } = (await import(file)) as { default?: Driver }
  if (driver) return driver
  throw new Error(`${file} has no default export.`)
}

function tell(report: Report): void {
  process.send?.(report)
}
