import { expect, it } from 'vitest'
import { TestContext } from '../../test/activity-context.ts'
import { call } from '../../test/call.ts'
import { FakeMachine } from '../../test/fake-machine.ts'
import { portsDriver } from '../ports-driver.ts'

function lab() {
  const machine = new FakeMachine()
  machine.listen({ port: 8080, pid: 201, uid: 1000 })
  machine.listen({ port: 8080, pid: 200, address: '::1', family: 'IPv6' })
  machine.listen({ port: 80, pid: null, uid: 0 })
  machine.listen({ port: 7000, pid: 300, namespace: 'net:[1]' })
  return { machine, driver: portsDriver(machine, machine), context: new TestContext() }
}

it('names everyone who listens on a port', async () => {
  const { driver, context } = lab()
  const common = { port: 8080, user: 'uid 1000', namespace: null }
  expect(await call(driver, 'who_listens', { port: '8080' }, context)).toEqual([
    { ...common, pid: 200, command: 'node server-200.js', address: '::1' },
    { ...common, pid: 201, command: 'node server-201.js', address: '127.0.0.1' },
  ])
})

it('names the owner of a listener whose process cannot be seen', async () => {
  const { driver, context } = lab()
  expect(await call(driver, 'who_listens', { port: 80 }, context)).toEqual([
    { pid: null, command: null, port: 80, address: '127.0.0.1', user: 'root', namespace: null },
  ])
})

it.each([
  { name: 'its own network namespace', args: { port: 7000 }, pids: [] },
  { name: 'all of them when asked', args: { port: 7000, other_namespaces: true }, pids: [300] },
])('looks into $name', async ({ args, pids }) => {
  const { driver, context } = lab()
  const rows = (await call(driver, 'who_listens', args, context)) as unknown as { pid: number }[]
  expect(rows.map(({ pid }) => pid)).toEqual(pids)
})

it.each([
  { port: 8080, listening: true },
  { port: 80, listening: true },
  { port: 7000, listening: false },
  { port: 9999, listening: false },
])('says that somebody listens on $port: $listening', async ({ port, listening }) => {
  const { driver, context } = lab()
  expect(await call(driver, 'is_listening', { port }, context)).toBe(listening)
})

it('counts processes by name, squall and what started it left out', async () => {
  const { machine, driver, context } = lab()
  machine.run({ pid: 400, command: 'squall run other.json', uid: 0 })
  expect(await call(driver, 'count_processes', { name: '*server-*.js' }, context)).toBe(3)
  expect(await call(driver, 'count_processes', { name: 'squall *' }, context)).toBe(1)
  expect(await call(driver, 'count_processes', { name: 'nginx' }, context)).toBe(0)
})
