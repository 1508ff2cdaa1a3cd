import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import type { JsonObject } from '@squall/contract'
import { afterAll, describe, expect, it } from 'vitest'
// Loaded ahead, so that no test measures how long its compilation takes.
import '../src/host/kill-family.ts'
import { systemWorld } from '../src/host/system-world.ts'
import { processProvider } from '../src/process-provider.ts'
import { callOf, fixture, TestContext } from './activity.ts'
import { isAlive, newFolder, pidsIn, until } from './processes.ts'

const provider = processProvider(systemWorld())
const openHandles = () => process.getActiveResourcesInfo().filter((kind) => /Pipe|Process/.test(kind)).length

const leftOver: number[] = []
afterAll(() => {
  for (const pid of leftOver) if (isAlive(pid)) process.kill(pid, 'SIGKILL')
})

/** Starts an activity whose program writes its pids to a file; resolves once it did. */
async function start(fields: (file: string) => JsonObject) {
  const file = path.join(newFolder(), 'pids')
  const context = new TestContext()
  const ended = provider.run(callOf(fields(file)), context).then(
    (value) => ({ value, error: undefined }),
    (error: unknown) => ({ value: undefined, error }),
  )
  const pids = await pidsIn(file)
  leftOver.push(...pids)
  return { file, context, ended, pids }
}

const cases = [
  {
    name: 'a program',
    fields: (file: string) => ({ path: 'sh', arguments: [fixture('forever.sh'), file] }),
  },
  {
    name: 'a program with child and grandchild',
    fields: (file: string) => ({ path: 'sh', arguments: [fixture('family.sh'), file] }),
  },
  {
    name: 'a shell that waits for its command',
    fields: (file: string) => ({ path: 'sh', arguments: `${fixture('family.sh')} ${file}; echo over` }),
  },
  {
    name: 'orphans in the background of a living shell',
    fields: (file: string) => ({
      path: 'sh',
      arguments: ['-c', `(sh ${fixture('family.sh')} ${file} &) ; sleep 60`],
    }),
  },
  {
    name: 'a program that ignores SIGTERM',
    fields: (file: string) => ({ path: 'sh', arguments: [fixture('stubborn.sh'), file] }),
  },
]

describe('an abort', () => {
  it.each(cases)('ends $name within 100 ms and leaves nothing', async ({ fields }) => {
    const before = openHandles()
    const { context, ended, pids } = await start(fields)
    const at = performance.now()
    context.controller.abort(new Error('stop now'))
    expect((await ended).error).toEqual(new Error('stop now'))
    expect(performance.now() - at).toBeLessThan(100)
    expect(pids.filter(isAlive)).toEqual([])
    await until(() => openHandles() <= before)
  })

  it('before the start starts nothing', async () => {
    const context = new TestContext()
    const file = path.join(newFolder(), 'touched')
    context.controller.abort(new Error('too late'))
    const late = provider.run(callOf({ path: 'touch', arguments: [file] }, { kind: 'action' }), context)
    await expect(late).rejects.toThrow('too late')
    expect(context.undone).toEqual([])
    expect(existsSync(file)).toBe(false)
  })
})

describe('a timeout', () => {
  it.concurrent.each(cases)('ends $name', async ({ fields }) => {
    const { ended, pids } = await start((file) => ({ ...fields(file), timeout: 3 }))
    const { error } = await ended
    expect(error).toMatchObject({ code: 'SQUALL_ACTIVITY_FAILED' })
    expect(String(error)).toMatch(/process activity took too long to complete: `.*` was ended after 3 s\.$/)
    expect(pids.filter(isAlive)).toEqual([])
  })

  it('is kept to', async () => {
    const at = performance.now()
    await expect(
      provider.run(callOf({ path: 'sleep', arguments: ['30'], timeout: 0.3 }), new TestContext()),
    ).rejects.toThrow('took too long')
    expect(performance.now() - at).toBeGreaterThan(290)
    expect(performance.now() - at).toBeLessThan(1500)
  })

  it.each(['5', true, [1]])('of %j stops the method', async (timeout) => {
    const failing = provider.run(callOf({ path: 'true', timeout }), new TestContext())
    await expect(failing).rejects.toThrow('`timeout` is a number of seconds')
  })

  it('of more than a timer can wait is no timeout', async () => {
    const call = callOf({ path: 'echo', arguments: ['hi'], timeout: 1e9 })
    expect(await provider.run(call, new TestContext())).toMatchObject({ stdout: 'hi\n' })
  })
})

describe('what a program leaves running on purpose', () => {
  it.concurrent.each([
    { name: 'stays after the program ended', script: (start: string) => `${start} >/dev/null 2>&1 &` },
    {
      name: 'stays when it holds the output open and the activity times out',
      script: (start: string) => `${start} &`,
    },
  ])('$name', async ({ script }) => {
    const { ended, pids } = await start((file) => ({
      path: 'sh',
      arguments: ['-c', script(`sh ${fixture('forever.sh')} ${file}`)],
      timeout: 3,
    }))
    await ended
    expect(pids.filter(isAlive)).toEqual(pids)
  })

  it('stays as a daemon with a session of its own, even on abort', async () => {
    const { context, ended, pids } = await start((file) => ({
      path: 'sh',
      arguments: ['-c', `setsid -f sh ${fixture('forever.sh')} ${file} >/dev/null 2>&1; sleep 60`],
    }))
    context.controller.abort()
    await ended
    expect(pids.filter(isAlive)).toEqual(pids)
  })
})

describe('grace', () => {
  it('gives the program time to end by itself', async () => {
    const { file, context, ended } = await start((name) => ({
      path: 'sh',
      arguments: [fixture('polite.sh'), name],
      grace: 10,
    }))
    context.controller.abort(new Error('stop now'))
    expect((await ended).error).toEqual(new Error('stop now'))
    expect(readFileSync(file, 'utf8')).toBe('bye\n')
  })

  it('insists with SIGKILL afterwards', async () => {
    const { context, ended, pids } = await start((file) => ({
      path: 'sh',
      arguments: [fixture('stubborn.sh'), file],
      grace: 0.3,
    }))
    const at = performance.now()
    context.controller.abort()
    await ended
    expect(performance.now() - at).toBeGreaterThan(290)
    expect(pids.filter(isAlive)).toEqual([])
  })

  it('ends on a timeout too, with all that the program started', async () => {
    const { ended, pids } = await start((file) => ({
      path: 'sh',
      arguments: [fixture('family.sh'), file],
      timeout: 3,
      grace: 0.2,
    }))
    expect(String((await ended).error)).toContain('took too long')
    expect(pids.filter(isAlive)).toEqual([])
  })

  it('changes nothing for a program that ends by itself', async () => {
    const call = callOf({ path: 'echo', arguments: '"a  b"; exit 3', grace: 1 })
    expect(await provider.run({ ...call, hasTolerance: true }, new TestContext())).toEqual({
      status: 3,
      stdout: 'a  b\n',
      stderr: '',
    })
  })

  it('says why a program does not start', async () => {
    const call = callOf({ path: '/dev/null/no', arguments: 'x', grace: 1 })
    expect(await provider.run(call, new TestContext())).toMatchObject({ status: 127 })
  })
})
