import { readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import type { JsonObject } from '@squall/contract'
import { afterAll, describe, expect, it } from 'vitest'
import type { EndChildArgs } from '../src/end-child.ts'
import { systemWorld } from '../src/host/system-world.ts'
import { processDriver } from '../src/index.ts'
import { callOf, fixture, TestContext } from './activity.ts'
import { isAlive, newFolder, pidsIn } from './processes.ts'

const driver = processDriver(systemWorld())
const provider = driver.providers.process
const undo = driver.undo.end_child
const family = (file: string) => `sh ${fixture('family.sh')} ${file}`

const leftOver: number[] = []
afterAll(() => {
  for (const pid of leftOver) if (isAlive(pid)) process.kill(pid, 'SIGKILL')
})

async function start(fields: (file: string) => JsonObject) {
  const file = path.join(newFolder(), 'pids')
  const context = Object.assign(new TestContext(), { file })
  const ended = provider.run(callOf(fields(file), { kind: 'action' }), context)
  const pids = await pidsIn(file)
  leftOver.push(...pids)
  return { context, ended, pids }
}

/** What another process would do: it knows the record and nothing else. */
async function undoLast(context: TestContext) {
  const record = context.undone.at(-1) as { func: string; args: JsonObject }
  expect(record.func).toBe('end_child')
  const checked = await undo.args['~standard'].validate(record.args)
  if (checked.issues) throw new Error(JSON.stringify(checked.issues))
  return undo.run(checked.value as EndChildArgs, context)
}

describe('the undo of an action', () => {
  it('is registered before the program starts, with a tag', async () => {
    const context = new TestContext()
    const call = callOf({ path: 'sh', arguments: ['-c', 'echo $SQUALL_UNDO_TAG'] }, { kind: 'action' })
    const { stdout } = (await provider.run(call, context)) as { stdout: string }
    const session = expect.any(Number)
    expect(context.undone).toEqual([
      { func: 'end_child', args: { tag: stdout.trim(), session } },
      { func: 'end_child', args: { tag: stdout.trim(), session, ended: true } },
    ])
  })

  it('is not registered for a probe', async () => {
    const context = new TestContext()
    await provider.run(callOf({ path: 'true' }), context)
    expect(context.undone).toEqual([])
  })

  it('ends a program that was cut off, and all it started, and may run twice', async () => {
    const { context, ended, pids } = await start((file) => ({
      path: 'sh',
      arguments: `${fixture('family.sh')} ${file}; echo over`,
    }))
    expect(await undoLast(context)).toBe('undone')
    expect(pids.filter(isAlive)).toEqual([])
    expect(await undoLast(context)).toBe('not needed')
    await ended
  })

  it('leaves alone what an ended program left running', async () => {
    const { context, ended, pids } = await start((file) => ({
      path: 'sh',
      arguments: ['-c', `${family(file)} >/dev/null 2>&1 &`],
    }))
    await ended
    expect(await undoLast(context)).toBe('not needed')
    expect(pids.filter(isAlive)).toEqual(pids)
  })

  it('has nothing to do when the program never started', async () => {
    const record = { tag: 'never-given-to-anyone', session: 1 }
    expect(await undo.run(record, new TestContext())).toBe('not needed')
  })

  it('waits for a program that was asked to end and has its grace', async () => {
    const { context, ended, pids } = await start((file) => ({
      path: 'sh',
      arguments: [fixture('polite.sh'), file, '0.3'],
      grace: 10,
    }))
    context.controller.abort(new Error('stop now'))
    const undone = undoLast(context)
    await expect(ended).rejects.toThrow('stop now')
    expect(await undone).toBe('not needed')
    expect(pids.filter(isAlive)).toEqual([])
    expect(readFileSync(context.file, 'utf8')).toBe('bye\n')
  })

  it('is over when the program did not start', async () => {
    const context = new TestContext()
    const file = path.join(newFolder(), 'broken')
    writeFileSync(file, '#!/no/such/interpreter\n', { mode: 0o755 })
    await expect(provider.run(callOf({ path: file }, { kind: 'action' }), context)).rejects.toThrow(
      'could not be started',
    )
    expect(context.undone.at(-1)).toMatchObject({ args: { ended: true } })
  })
})
