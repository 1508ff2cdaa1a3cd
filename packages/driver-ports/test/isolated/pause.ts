// A paused server answers nobody; the undo, in another process and from its JSON alone, makes it answer again.
import assert from 'node:assert/strict'
import { writeFileSync } from 'node:fs'
import ports from '../../src/index.ts'
import { call } from '../call.ts'
import { pidsIn, realContext, replay, replayArguments, start } from './stage.ts'

const [undoJson] = replayArguments
await (undoJson === undefined ? pauseAndResume() : undo(undoJson))

async function pauseAndResume(): Promise<void> {
  const context = realContext()
  const server = await start('listener.mjs', 8080)
  assert.equal(await answerOf(8080), String(server.pid))

  const { paused } = await call(ports, 'pause', { port: 8080 }, context)
  assert.deepEqual(pidsIn(paused), [server.pid])
  assert.equal(await answerOf(8080), 'no answer')
  assert.equal(await call(ports, 'is_listening', { port: 8080 }, context), true)

  const [registered] = context.undos
  assert.equal(registered?.func, 'resume')
  const json = JSON.stringify(registered?.args)
  assert.equal(replay([json]), 'undone')
  assert.equal(await answerOf(8080), String(server.pid))
  assert.equal(replay([json]), 'not needed')

  await call(ports, 'pause', { port: 8080 }, context)
  await call(ports, 'resume', { port: 8080 }, context)
  assert.equal(await answerOf(8080), String(server.pid))

  await call(ports, 'pause', { port: 8080 }, context)
  const { killed } = await call(ports, 'kill', { port: 8080, grace: 0.2 }, context)
  assert.equal((killed as { signal: string }[])[0]?.signal, 'SIGKILL')
  assert.equal(replay([json]), 'not needed')
}

async function answerOf(port: number): Promise<string> {
  try {
    const answer = await fetch(`http://127.0.0.1:${port}/`, {
      signal: AbortSignal.timeout(500),
      headers: { connection: 'close' },
    })
    return await answer.text()
  } catch {
    return 'no answer'
  }
}

async function undo(json: string): Promise<void> {
  const schema = ports.undo.resume.args['~standard']
  const checked = await schema.validate(JSON.parse(json))
  if (checked.issues) throw new Error(JSON.stringify(checked.issues))
  writeFileSync(1, await ports.undo.resume.run(checked.value, realContext()))
}
