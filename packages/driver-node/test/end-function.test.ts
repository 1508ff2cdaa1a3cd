import { readFile } from 'node:fs/promises'
import { endsInTime, timeToEnd } from '@squall/testkit'
import { expect, it } from 'vitest'
import { RememberingContext } from './activity-context.ts'
import { runNode } from './call.ts'
import { project } from './project.ts'

const files = {
  'slow.mjs': `
    import { writeFileSync } from 'node:fs'
    export const wait = (_, { log }) => { log.info('waiting'); return new Promise(() => {}) }
    export const spin = (_, { log }) => { log.info('spinning'); for (;;); }
    export const tidy = ({ file }, { signal, log }) => {
      log.info('working')
      return new Promise((resolve) => signal.addEventListener('abort', () => {
        writeFileSync(file, signal.reason.message)
        resolve('tidied')
      }))
    }
    export const leave = () => process.exit(3)
    export const drop = () => { setTimeout(() => { throw new Error('dropped') }); return new Promise(() => {}) }
    export const unsendable = () => () => {}
  `,
}
const module = './slow.mjs'

async function started(context: RememberingContext): Promise<void> {
  await expect.poll(() => context.logged.length, { timeout: 20_000, interval: 5 }).toBeGreaterThan(0)
}

it.each([
  { name: 'one that waits in the process', func: 'wait', more: {} },
  { name: 'one that waits in a thread', func: 'wait', more: { interruptible: true } },
  { name: 'an endless loop in a thread', func: 'spin', more: { interruptible: true } },
  { name: 'an endless loop with a timeout that is far', func: 'spin', more: { timeout: 600 } },
])('returns within 100 ms of an abort, with its reason: $name', async ({ func, more }) => {
  const folder = await project(files)
  await endsInTime(async () => {
    const abort = new AbortController()
    const context = new RememberingContext(folder, abort.signal)
    const outcome = runNode(context, { module, func, ...more }).catch((error) => error)
    await started(context)
    const reason = new Error('enough')
    const took = await timeToEnd(outcome, () => abort.abort(reason))
    expect(await outcome).toBe(reason)
    return took
  })
})

it.each([{ more: {} }, { more: { interruptible: true } }])(
  'starts nothing once it is aborted: $more',
  async ({ more }) => {
    const context = new RememberingContext(await project(files), AbortSignal.abort(new Error('too late')))
    await expect(runNode(context, { module, func: 'wait', ...more })).rejects.toThrow('too late')
    expect(context.logged).toEqual([])
  },
)

it('ends a thread that is still being started when the activity is aborted', async () => {
  const abort = new AbortController()
  const context = new RememberingContext(await project(files), abort.signal)
  const running = runNode(context, { module, func: 'spin', interruptible: true })
  abort.abort(new Error('changed my mind'))
  await expect(running).rejects.toThrow('changed my mind')
})

it.each(['wait', 'spin'])('fails %s after its timeout', async (func) => {
  const context = new RememberingContext(await project(files))
  const failed = await runNode(context, { module, func, timeout: 0.3 }).catch((error) => error)
  expect(failed).toMatchObject({
    code: 'SQUALL_ACTIVITY_FAILED',
    message: `'${func}' of './slow.mjs' took longer than 0.3 s.`,
  })
})

it('lets a function in a thread tidy up when it is aborted', async () => {
  const folder = await project({ ...files, 'state.txt': 'untouched' })
  const abort = new AbortController()
  const context = new RememberingContext(folder, abort.signal)
  const file = `${folder}/state.txt`
  const outcome = runNode(context, { module, func: 'tidy', arguments: { file }, interruptible: true }).catch(
    (error) => error,
  )
  await started(context)
  abort.abort(new Error('enough'))
  expect(await outcome).toBe(abort.signal.reason)
  expect(await readFile(file, 'utf8')).toBe('Error: enough.')
})

it.each([
  {
    name: 'leaves its thread',
    func: 'leave',
    message: "'leave' of './slow.mjs' ended its thread with exit code 3.",
  },
  {
    name: 'throws where nobody catches',
    func: 'drop',
    message: "'drop' of './slow.mjs' threw Error: dropped.",
  },
  { name: 'answers with what cannot be sent', func: 'unsendable', message: 'could not be cloned' },
])('fails a function that $name', async ({ func, message }) => {
  const running = runNode(await project(files), { module, func, interruptible: true })
  await expect(running).rejects.toMatchObject({
    code: 'SQUALL_ACTIVITY_FAILED',
    message: expect.stringContaining(message),
  })
})
