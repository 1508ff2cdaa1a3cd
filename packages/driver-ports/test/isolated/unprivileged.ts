// squall is an ordinary user and the listener is root's: its process cannot be seen, and nothing is passed to kill.
import assert from 'node:assert/strict'
import ports from '../../src/index.ts'
import { call } from '../call.ts'
import { nobody, notRun, realContext, replay, replayArguments, start } from './stage.ts'

const [listenerPid] = replayArguments
await (listenerPid === undefined ? startListener() : tryToKill(Number(listenerPid)))

async function startListener(): Promise<void> {
  if (process.getuid?.() !== 0) notRun('a process of another user can be started by root only')
  const listener = await start('listener.mjs', 8080)
  replay([String(listener.pid)], nobody)
  assert.ok(listener.isAlive())
}

async function tryToKill(pid: number): Promise<void> {
  const context = realContext()
  const rows = await call(ports, 'who_listens', { port: 8080 }, context)
  const row = { pid: null, command: null, port: 8080, address: '127.0.0.1', user: 'root', namespace: null }
  assert.deepEqual(rows, [row])
  for (const other_users of [false, true]) {
    await assert.rejects(call(ports, 'kill', { port: 8080, other_users }, context), {
      message:
        'Nothing was killed: the listener on port 8080: it is owned by another user (root), whose processes squall cannot see.',
    })
  }
  await assert.rejects(call(ports, 'kill', { pid, other_users: true }, context), {
    message: /: the system does not permit it\.$/,
  })
}
