import type { Driver } from '@squall/contract'
import { beginDeed } from '../../abilities/begin-deed.ts'
import { callAt } from '../../call.ts'
import { namesOf } from '../../driver-names.ts'
import { type LawContext, lawContext } from '../../law-context.ts'
import { orTooLate, patience } from '../../patience.ts'
import { playUndos } from '../../play-undo.ts'
import { errorText } from '../../shown.ts'
import { UndoRecorder } from '../../undo-recorder.ts'
import { OpenResources } from '../open-resources.ts'
import type { ActOrder, DescribeOrder, DoOrder, Order, Report, UndoOrder } from '../orders.ts'
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
  if (order.type === 'do') return perform(order)
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
  await play(callAt(driver, order.address, order.input, context))
  if (!order.tidy) return
  await playUndos(driver, context.undos.records, lawContext())
  // What a driver keeps between calls it ends when the run is over.
  await driver.close?.()
  tell({ type: 'left', open: await before.leftBy() })
}

async function perform({ driverFile, deed }: DoOrder): Promise<void> {
  const before = OpenResources.now()
  const driver = await driverIn(driverFile)
  const context = lawContext({ signal: abort.signal, directory: deed.directory })
  const { work, finish } = beginDeed(driver, deed, context, () => tell({ type: 'asked' }))
  // A run goes on without who does not listen.
  await Promise.race([play(work), aborted().then(() => orTooLate(work, patience.effect))])
  await finish()
  await driver.close?.()
  tell({ type: 'left', open: await before.leftBy() })
}

function aborted(): Promise<void> {
  const { signal } = abort
  if (signal.aborted) return Promise.resolve()
  return new Promise((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }))
}

async function play(work: Promise<unknown>): Promise<void> {
  try {
    await work
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
