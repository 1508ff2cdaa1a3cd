// The victim ends and its pid is given to another process before the signal, or before the undo: that one is spared.
import assert from 'node:assert/strict'
import { writeFileSync } from 'node:fs'
import { type PortTable, portsDriver, systemPortTable, systemProcessTable } from '../../src/index.ts'
import { call } from '../call.ts'
import { type Actor, notRun, realContext, start, startMany, stateOf, until } from './stage.ts'

const lastPid = '/proc/sys/kernel/ns_last_pid'
try {
  writeFileSync(lastPid, String(process.pid + 1000))
} catch (error) {
  notRun(`pids cannot be chosen here: ${String(error)}`)
}

const context = realContext()
const victim = await start('listener.mjs', 8080)
const real = systemPortTable()
const startedAt = (await systemProcessTable().find(victim.pid))?.startedAt
let heir: Actor | undefined
const slowTable: PortTable = {
  listeners: async (query) => {
    const rows = await real.listeners(query)
    heir ??= await replace(victim)
    return rows
  },
}
await assert.rejects(call(portsDriver(slowTable), 'kill', { port: 8080, signal: 'SIGKILL' }, context), {
  message: 'Nothing was killed: what was found had ended by itself.',
})
assert.equal(heir?.pid, victim.pid)
const processes = systemProcessTable()
assert.equal(await processes.signal({ pid: victim.pid, startedAt: String(startedAt) }, 'SIGKILL'), 'gone')
assert.ok(heir?.isAlive())

const driver = portsDriver()
const frozen = await start('listener.mjs', 8081)
await call(driver, 'pause', { port: 8081 }, context)
const [undo] = context.undos
const next = await replace(frozen)
process.kill(next.pid, 'SIGSTOP')
await until('the heir is stopped', () => stateOf(next.pid) === 'T')
assert.equal(await driver.undo.resume.run(undo?.args as never, context), 'not needed')
assert.equal(stateOf(next.pid), 'T')

/** Ends a process and starts others until one has its pid: the threads of Node take numbers in between. */
async function replace(actor: Actor): Promise<Actor> {
  await actor.end()
  for (let attempt = 0; attempt < 50; attempt += 1) {
    writeFileSync(lastPid, String(actor.pid - 1))
    const [started] = startMany(1, 'sleep', ['3600'])
    if (started?.pid === actor.pid) return started
    await started?.end()
  }
  throw new Error(`pid ${actor.pid} did not come round again`)
}
