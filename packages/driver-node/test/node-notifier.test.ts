import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { expect, it } from 'vitest'
import { nodeNotifier } from '../src/node-notifier.ts'
import { RememberingContext } from './activity-context.ts'
import { project } from './project.ts'

const files = {
  'tell.ts': `
    import { appendFile } from 'node:fs/promises'
    export const notify = ({ file }: { file: string }, event: object): Promise<void> => appendFile(file, JSON.stringify(event))
    export const fail = (): never => { throw new Error('nobody listens') }
    export const hang = (): Promise<never> => new Promise(() => {})
  `,
}
const event = { name: 'run-started', phase: 'run', payload: { title: 'T' }, ts: 1.5 } as const

it('calls the function with its channel and the event', async () => {
  const folder = await project(files)
  const file = path.join(folder, 'told')
  await nodeNotifier.notify(
    { type: 'node', module: './tell.ts', file },
    event,
    new RememberingContext(folder),
  )
  expect(JSON.parse(await readFile(file, 'utf8'))).toEqual(event)
})

it.each([
  { channel: {}, reason: 'needs a `module`' },
  { channel: { module: './tell.ts', func: 5 }, reason: 'needs a `module`' },
  { channel: { module: './gone.ts' }, reason: "There is no file './gone.ts'" },
  { channel: { module: './tell.ts', func: 'gone' }, reason: "exports no function 'gone'" },
  { channel: { module: './tell.ts', func: 'fail' }, reason: 'threw Error: nobody listens.' },
])('says what is wrong with $channel', async ({ channel, reason }) => {
  const context = new RememberingContext(await project(files))
  await expect(nodeNotifier.notify({ type: 'node', ...channel }, event, context)).rejects.toThrow(reason)
})

it('waits no longer than it is told to', async () => {
  const abort = new AbortController()
  const context = new RememberingContext(await project(files), abort.signal)
  const told = nodeNotifier.notify({ type: 'node', module: './tell.ts', func: 'hang' }, event, context)
  abort.abort(new Error('time is up'))
  await expect(told).rejects.toThrow('time is up')
})
