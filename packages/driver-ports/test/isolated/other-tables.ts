// The tables for systems without /proc, played on Linux, where `lsof`, `ps` and `kill` are the same programs.
import assert from 'node:assert/strict'
import { lsofPortTable } from '../../src/host/lsof-port-table.ts'
import { psProcessTable } from '../../src/host/ps-process-table.ts'
import { portsDriver, systemPortTable } from '../../src/index.ts'
import { call } from '../call.ts'
import { hasProgram, notRun, pidsIn, realContext, start, until } from './stage.ts'

if (!hasProgram('lsof', '-v') || !hasProgram('ps')) notRun('needs lsof and ps')

const context = realContext()
const processes = psProcessTable('darwin')
const lsof = lsofPortTable(processes)
const driver = portsDriver(lsof, processes)
const prefork = await start('prefork.mjs', 8080)
const ipv6 = await start('listener.mjs', 8081, '::1')
const any = await start('listener.mjs', 8082, '0.0.0.0')
const client = await start('client.mjs', 8082)

const query = { ports: [8080, 8081, 8082, 9999], namespaces: 'own' } as const
const seen = async (table: typeof lsof) =>
  (await table.listeners(query))
    .map(({ port, address, family, holder, uid }) => `${port} ${address} ${family} ${holder?.pid} ${uid}`)
    .sort()
assert.deepEqual(await seen(lsof), await seen(systemPortTable()))

const pids = [prefork.pid, Number(prefork.says)].sort((a, b) => a - b)
assert.deepEqual(pidsIn((await call(driver, 'kill', { port: 8080 }, context))['killed']), pids)

await call(driver, 'pause', { port: 8081 }, context)
assert.equal(await driver.undo.resume.run(context.undos[0]?.args as never, context), 'undone')
assert.deepEqual(pidsIn((await call(driver, 'kill', { port: 8081 }, context))['killed']), [ipv6.pid])

const windows = psProcessTable('win32')
const facts = await windows.find(any.pid)
assert.ok(facts)
assert.equal(await windows.signal({ ...facts, startedAt: 'another' }, 'SIGKILL'), 'gone')
assert.ok(any.isAlive())
assert.equal(await windows.signal(facts, 'SIGKILL'), 'sent')
await until('it is reaped', () => !any.isAlive())
assert.equal(await windows.signal(facts, 'SIGKILL'), 'gone')
assert.ok(client.isAlive())
