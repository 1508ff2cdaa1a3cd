import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { TestContext } from '../../test/activity-context.ts'
import { call, problems, targets } from '../../test/call.ts'
import { FakeMachine } from '../../test/fake-machine.ts'
import { portsDriver } from '../ports-driver.ts'

const file = { port_file_path: 'ports.txt' }
let directory = ''
beforeAll(async () => {
  directory = await mkdtemp(path.join(tmpdir(), 'kill-services-'))
})
afterAll(() => rm(directory, { recursive: true }))

/** Services 8080, 8081 and 8082 as processes 200, 201 and 202, and a file that lists some ports. */
async function lab(listed: readonly number[] = [8080, 8081, 8082]) {
  await writeFile(path.join(directory, 'ports.txt'), listed.join('\n'))
  const machine = new FakeMachine()
  for (const index of [0, 1, 2]) machine.listen({ port: 8080 + index, pid: 200 + index })
  return { machine, driver: portsDriver(machine, machine), context: new TestContext({ directory }) }
}

it('kills one listed service at once by SIGKILL, and says which', async () => {
  const { machine, driver, context } = await lab([8081])
  const result = await call(driver, 'kill_services', file, context)
  expect(machine.signals).toEqual(['SIGKILL 201'])
  expect(result).toMatchObject({
    killed: [{ pid: 201, port: 8081, command: 'node server-201.js', signal: 'SIGKILL' }],
    ports: [8081],
  })
})

it.each([
  { num: 1, killed: 1 },
  { num: '2', killed: 2 },
  { num: 3, killed: 3 },
  { num: 9, killed: 3 },
])('kills $killed of three when num is $num', async ({ num, killed }) => {
  const { machine, driver, context } = await lab()
  await call(driver, 'kill_services', { ...file, num }, context)
  expect(machine.signals).toHaveLength(killed)
})

it.each([0, -1])('does nothing when num is %d, and says so', async (num) => {
  const { machine, driver, context } = await lab()
  expect(await call(driver, 'kill_services', { ...file, num }, context)).toMatchObject({ killed: [] })
  expect(context.messages).toEqual([`info: Nothing to kill: num is ${num}.`])
  expect(await targets(driver, 'kill_services', { ...file, num }, context)).toEqual([])
  expect(machine.signals).toEqual([])
})

it('kills every listener of a chosen port', async () => {
  const { machine, driver, context } = await lab([8081])
  machine.listen({ port: 8081, pid: 300 })
  await call(driver, 'kill_services', file, context)
  expect(machine.signals.sort()).toEqual(['SIGKILL 201', 'SIGKILL 300'])
})

it('chooses the same ports for the same seed, whatever the order of the file', async () => {
  const chosen = async (listed: readonly number[], seed: string): Promise<unknown> => {
    const { driver, context } = await lab(listed)
    return (await call(driver, 'kill_services', { ...file, num: 2, seed }, context))['ports']
  }
  const seeds = ['a', 'b', 'c', 'd', 'e']
  const forwards = []
  for (const seed of seeds) forwards.push(await chosen([8080, 8081, 8082], seed))
  const backwards = []
  for (const seed of seeds) backwards.push(await chosen([8082, 8081, 8080, 8081], seed))
  expect(backwards).toEqual(forwards)
  expect(new Set(forwards.map(String)).size).toBeGreaterThan(1)
})

it('draws a seed from the run and reports it', async () => {
  const { driver, context } = await lab()
  const { seed, ports } = await call(driver, 'kill_services', file, context)
  const again = await lab()
  expect(await call(again.driver, 'kill_services', { ...file, seed }, again.context)).toMatchObject({ ports })
})

it('passes over listed ports that nobody listens on', async () => {
  for (const seed of ['a', 'b', 'c']) {
    const { machine, driver, context } = await lab([7001, 7002, 8080, 7003])
    const result = await call(driver, 'kill_services', { ...file, seed }, context)
    expect(machine.signals).toEqual(['SIGKILL 200'])
    expect(result['missing']).toHaveLength(3)
  }
})

it.each([
  { name: 'nobody listens on a listed port', listed: [7001], reason: 'nobody listens on port 7001' },
  { name: 'the file lists no port', listed: [], reason: "'ports.txt' lists no port" },
])('fails when $name, unless that is allowed', async ({ listed, reason }) => {
  const { driver, context } = await lab(listed)
  await expect(call(driver, 'kill_services', { ...file, num: 5 }, context)).rejects.toMatchObject({
    code: 'SQUALL_ACTIVITY_FAILED',
    message: `Nothing was killed: ${reason}.`,
  })
  expect(await targets(driver, 'kill_services', file, context)).toEqual({ unknown: reason })
  expect(await call(driver, 'kill_services', { ...file, allow_none: true }, context)).toMatchObject({
    killed: [],
    ports: [],
  })
})

it('fails on a missing file, and cannot name targets then', async () => {
  const { driver, context } = await lab()
  const reason = `There is no port file '${path.join(directory, 'absent.txt')}'.`
  const args = { port_file_path: 'absent.txt' }
  await expect(call(driver, 'kill_services', args, context)).rejects.toThrow(reason)
  expect(await targets(driver, 'kill_services', args, context)).toEqual({ unknown: reason })
})

it('names as targets what the seed chooses, else those it will choose from', async () => {
  const { machine, driver, context } = await lab([8080, 8081])
  const named = await targets(driver, 'kill_services', { ...file, seed: 7 }, context)
  expect(named).toHaveLength(1)
  expect(await targets(driver, 'kill_services', file, context)).toEqual({
    unknown: expect.stringMatching(/^1 of 2 ports, chosen when it runs: pid 200 .*; pid 201 /),
  })
  expect(await targets(driver, 'kill_services', { ...file, num: 2 }, context)).toHaveLength(2)
  expect([machine.signals, context.draws]).toEqual([[], 0])

  const { killed } = await call(driver, 'kill_services', { ...file, seed: 7 }, context)
  const [{ pid = 0 } = {}] = killed as { pid?: number }[]
  expect(named).toEqual([expect.stringContaining(`pid ${pid} `)])
})

it.each([
  { name: 'numbers', ports: [8080, 8082] },
  { name: 'numbers as text', ports: ['8080', '8082'] },
])('kills by a list of ports given as $name', async ({ ports }) => {
  const { machine, driver, context } = await lab()
  await call(driver, 'kill_services_by_ports', { ports }, context)
  expect(machine.signals).toEqual(['SIGKILL 200', 'SIGKILL 202'])
})

it('kills what is there of a list of ports and names what is not', async () => {
  const { driver, context } = await lab()
  const result = await call(driver, 'kill_services_by_ports', { ports: [7001, 8080] }, context)
  expect(result).toMatchObject({ killed: [{ pid: 200 }], missing: ['nobody listens on port 7001'] })
  expect(context.messages).toContain('warn: Not killed: nobody listens on port 7001.')
})

it('fails on an empty list of ports', async () => {
  const { driver, context } = await lab()
  await expect(call(driver, 'kill_services_by_ports', { ports: [] }, context)).rejects.toThrow(
    'Nothing was killed: no port is given.',
  )
})

it('lists the ports of a file', async () => {
  const { driver, context } = await lab([8081, 8080])
  expect(await call(driver, 'get_ports', file, context)).toEqual([8081, 8080])
})

it.each([
  { func: 'kill_services', args: {} },
  { func: 'kill_services', args: { port_file_path: '' } },
  { func: 'kill_services', args: { ...file, num: 1.5 } },
  { func: 'kill_services', args: { ...file, number: 1 } },
  { func: 'kill_services_by_ports', args: {} },
  { func: 'kill_services_by_ports', args: { ports: ['80 81'] } },
  { func: 'kill_services_by_ports', args: { ports: [99_999] } },
  { func: 'get_ports', args: { path: 'ports.txt' } },
])('refuses $func with $args', async ({ func, args }) => {
  expect(await problems((await lab()).driver, func, args)).not.toEqual([])
})
