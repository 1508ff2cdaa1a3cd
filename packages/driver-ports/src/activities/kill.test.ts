import { expect, it } from 'vitest'
import { TestContext } from '../../test/activity-context.ts'
import { call, problems, targets } from '../../test/call.ts'
import { FakeMachine } from '../../test/fake-machine.ts'
import { portsDriver } from '../ports-driver.ts'

function lab() {
  const machine = new FakeMachine()
  machine.listen({ port: 8080, pid: 200 })
  machine.listen({ port: 8081, pid: 201 })
  machine.listen({ port: 8081, pid: 202, address: '::1', family: 'IPv6' })
  machine.run({ pid: 203, name: 'redis-server', command: 'redis-server *:6379' })
  return { machine, driver: portsDriver(machine, machine), context: new TestContext() }
}

it.each([
  { name: 'what listens on a port', args: { port: 8080 }, signals: ['SIGTERM 200'] },
  { name: 'a port given as text', args: { port: '8080' }, signals: ['SIGTERM 200'] },
  { name: 'all listeners of a port', args: { port: 8081 }, signals: ['SIGTERM 201', 'SIGTERM 202'] },
  {
    name: 'several ports',
    args: { port: [8080, 8081], all: true },
    signals: ['SIGTERM 200', 'SIGTERM 201', 'SIGTERM 202'],
  },
  { name: 'a pid', args: { pid: 203 }, signals: ['SIGTERM 203'] },
  { name: 'a name', args: { name: 'redis*', all: true }, signals: ['SIGTERM 203'] },
  {
    name: 'a command line',
    args: { name: '*server-20?.js', count: 9 },
    signals: ['SIGTERM 200', 'SIGTERM 201', 'SIGTERM 202'],
  },
  { name: 'with another signal', args: { port: 8080, signal: 'SIGKILL' }, signals: ['SIGKILL 200'] },
])('kills $name', async ({ args, signals }) => {
  const { machine, driver, context } = lab()
  await call(driver, 'kill', args, context)
  expect(machine.signals).toEqual(signals)
})

it('reports pid, command, port and signal of each victim', async () => {
  const { driver, context } = lab()
  expect(await call(driver, 'kill', { port: [8080, 8081] }, context)).toEqual({
    killed: [
      {
        pid: 200,
        command: 'node server-200.js',
        port: 8080,
        addresses: ['127.0.0.1:8080'],
        signal: 'SIGTERM',
      },
      {
        pid: 201,
        command: 'node server-201.js',
        port: 8081,
        addresses: ['127.0.0.1:8081'],
        signal: 'SIGTERM',
      },
      { pid: 202, command: 'node server-202.js', port: 8081, addresses: ['[::1]:8081'], signal: 'SIGTERM' },
    ],
    chosen_from: 3,
    seed: null,
    refused: [],
    missing: [],
  })
  expect(context.messages).toContain(
    'info: Killed pid 200 (node server-200.js) listening on 127.0.0.1:8080 with SIGTERM.',
  )
})

it('kills a process that listens on two addresses once', async () => {
  const { machine, driver, context } = lab()
  machine.listen({ port: 8080, pid: 200, address: '::', family: 'IPv6' })
  const { killed } = await call(driver, 'kill', { port: 8080 }, context)
  expect(killed).toMatchObject([{ pid: 200, addresses: ['127.0.0.1:8080', '[::]:8080'] }])
  expect(machine.signals).toEqual(['SIGTERM 200'])
})

it('kills parents before their children, so that none starts a new one', async () => {
  const { machine, driver, context } = lab()
  machine.run({ pid: 300, parent: 400 })
  machine.run({ pid: 400, parent: 1 })
  for (const pid of [300, 400]) machine.listen({ port: 9000, pid })
  await call(driver, 'kill', { port: 9000 }, context)
  expect(machine.signals).toEqual(['SIGTERM 400', 'SIGTERM 300'])
})

it('sends SIGKILL to what is still there after the grace period', async () => {
  const { machine, driver, context } = lab()
  machine.run({ pid: 200, ignores: ['SIGTERM'] })
  const { killed } = await call(driver, 'kill', { port: [8080, 8081], grace: 3 }, context)
  expect(machine.signals).toEqual(['SIGTERM 200', 'SIGTERM 201', 'SIGTERM 202', 'SIGKILL 200'])
  expect(killed).toMatchObject([
    { pid: 201, signal: 'SIGTERM' },
    { pid: 202, signal: 'SIGTERM' },
    { pid: 200, signal: 'SIGKILL' },
  ])
  expect(context.clock.monotonic()).toBe(3000)
})

it('fails when a process outlives SIGKILL', async () => {
  const { machine, driver, context } = lab()
  machine.run({ pid: 200, ignores: ['SIGTERM', 'SIGKILL'] })
  await expect(call(driver, 'kill', { port: 8080 }, context)).rejects.toMatchObject({
    message: 'Still there 5 s after SIGKILL: pid 200 (node server-200.js) listening on 127.0.0.1:8080.',
  })
})

it.each([
  { name: 'a port nobody listens on', args: { port: 9999 }, reason: 'nobody listens on port 9999' },
  {
    name: 'a pid that is not there',
    args: { pid: 9999 },
    reason: 'there is no process 9999 that squall can see',
  },
  { name: 'a name nobody has', args: { name: 'nginx', all: true }, reason: "no process is named 'nginx'" },
  { name: 'the first process', args: { pid: 1 }, reason: 'pid 1 (init): it belongs to the system itself' },
  { name: 'pid 0', args: { pid: 0 }, reason: 'pid 0: it belongs to the system itself' },
  {
    name: 'squall itself',
    args: { pid: 100 },
    reason: 'pid 100 (squall run experiment.json): it is squall itself',
  },
  {
    name: 'what started squall',
    args: { name: 'npm*', all: true },
    reason: 'pid 50 (npm start): squall was started by it',
  },
])('fails on $name and says why', async ({ args, reason }) => {
  const { machine, driver, context } = lab()
  await expect(call(driver, 'kill', args, context)).rejects.toMatchObject({
    code: 'SQUALL_ACTIVITY_FAILED',
    message: `Nothing was killed: ${reason}.`,
  })
  expect(await call(driver, 'kill', { ...args, allow_none: true }, context)).toMatchObject({ killed: [] })
  expect(machine.signals).toEqual([])
})

it("leaves other users' listeners alone unless asked", async () => {
  const { machine, driver, context } = lab()
  machine.run({ pid: 300, uid: 0, command: 'nginx' })
  machine.listen({ port: 80, pid: 300, uid: 0 })
  await expect(call(driver, 'kill', { port: 80 }, context)).rejects.toThrow(
    'Nothing was killed: pid 300 (nginx) on port 80: it is owned by another user (root).',
  )
  await call(driver, 'kill', { port: 80, other_users: true }, context)
  expect(machine.signals).toEqual(['SIGTERM 300'])
})

it.each([
  {
    name: 'of another user',
    uid: 0,
    reason: 'it is owned by another user (root), whose processes squall cannot see',
  },
  { name: 'of this user in another container', uid: 1000, reason: 'its process cannot be seen from here' },
])('says when the process of a listener $name cannot be seen', async ({ uid, reason }) => {
  const { machine, driver, context } = lab()
  machine.listen({ port: 80, pid: null, uid })
  await expect(call(driver, 'kill', { port: 80, other_users: true }, context)).rejects.toThrow(
    `Nothing was killed: the listener on port 80: ${reason}.`,
  )
  expect(machine.signals).toEqual([])
})

it('kills the rest when one of several may not be touched, and names it', async () => {
  const { machine, driver, context } = lab()
  machine.listen({ port: 8080, pid: 300, address: '::1', family: 'IPv6' })
  machine.run({ pid: 300, uid: 0, command: 'nginx' })
  const result = await call(driver, 'kill', { port: 8080 }, context)
  expect(machine.signals).toEqual(['SIGTERM 200'])
  const reason = 'it is owned by another user (root)'
  expect(result['refused']).toEqual([{ pid: 300, command: 'nginx', port: 8080, reason }])
  expect(context.messages).toContain(`warn: Not killed: pid 300 (nginx) on port 8080: ${reason}.`)
})

it('keeps to its own network namespace unless asked, and says where else somebody listens', async () => {
  const { machine, driver, context } = lab()
  machine.listen({ port: 7000, pid: 300, namespace: 'net:[4026532]' })
  await expect(call(driver, 'kill', { port: 7000 }, context)).rejects.toThrow(
    'nobody listens on port 7000 in this network namespace; in another one pid 300 does (other_namespaces: true).',
  )
  await call(driver, 'kill', { port: 7000, other_namespaces: true }, context)
  expect(machine.signals).toEqual(['SIGTERM 300'])
})

it('does not hit a process that got the pid of its victim in the meantime', async () => {
  const { machine, driver, context } = lab()
  machine.afterListing = () => {
    machine.afterListing = () => {}
    queueMicrotask(() => queueMicrotask(() => machine.run({ pid: 200, startedAt: 'later' })))
  }
  await expect(call(driver, 'kill', { port: 8080 }, context)).rejects.toThrow('Nothing was killed')
  expect(machine.signals).toEqual([])
})

it('does not count a victim that ended by itself', async () => {
  const { machine, driver, context } = lab()
  machine.beforeSignal = (pid) => machine.end(pid)
  await expect(call(driver, 'kill', { port: 8080 }, context)).rejects.toThrow('Nothing was killed')
})

it('sends nothing once it is aborted', async () => {
  const { machine, driver } = lab()
  const context = new TestContext({ signal: AbortSignal.abort(new Error('stop')) })
  await expect(call(driver, 'kill', { port: 8080 }, context)).rejects.toThrow('stop')
  expect(machine.signals).toEqual([])
})

it('stops waiting when it is aborted', async () => {
  const { machine, driver } = lab()
  const abort = new AbortController()
  machine.run({ pid: 200, ignores: ['SIGTERM'] })
  machine.beforeSignal = () => abort.abort(new Error('stop'))
  const context = new TestContext({ signal: abort.signal })
  await expect(call(driver, 'kill', { port: 8080 }, context)).rejects.toThrow('stop')
  expect(machine.signals).toEqual(['SIGTERM 200'])
})

it.each([
  { name: 'two of three', args: { count: 2 }, count: 2 },
  { name: 'a third', args: { percent: 30 }, count: 1 },
  { name: 'half, rounded up', args: { percent: '50' }, count: 2 },
])('kills $name, the same ones for the same seed', async ({ args, count }) => {
  const runs = await Promise.all(
    ['monday', 'monday', 'tuesday', 'wednesday', 'thursday'].map(async (seed) => {
      const { machine, driver, context } = lab()
      const result = await call(driver, 'kill', { port: [8080, 8081], ...args, seed }, context)
      expect(result).toMatchObject({ chosen_from: 3, seed })
      return machine.signals
    }),
  )
  expect(runs[0]).toHaveLength(count)
  expect(runs[1]).toEqual(runs[0])
  expect(new Set(runs.map(String)).size).toBeGreaterThan(1)
})

it('reports the seed it drew, with which the choice can be repeated', async () => {
  const first = lab()
  const context = new TestContext({ chance: 0.123 })
  const result = await call(first.driver, 'kill', { port: 8081, count: 1 }, context)
  const second = lab()
  await call(second.driver, 'kill', { port: 8081, count: 1, seed: result['seed'] }, second.context)
  expect(second.machine.signals).toEqual(first.machine.signals)
  expect(second.context.draws).toBe(0)
})

it.each([
  {
    name: 'the victims',
    args: { port: 8081 },
    expected: [
      'pid 201 (node server-201.js) listening on 127.0.0.1:8081',
      'pid 202 (node server-202.js) listening on [::1]:8081',
    ],
  },
  { name: 'a process without its port', args: { pid: 203 }, expected: ['pid 203 (redis-server *:6379)'] },
  {
    name: 'what the seed chooses',
    args: { port: 8081, count: 1, seed: 2 },
    expected: [expect.stringMatching(/^pid 20[12] /)],
  },
  {
    name: 'those it will choose from',
    args: { port: 8081, count: 1 },
    expected: { unknown: expect.stringMatching(/^1 of 2, chosen when it runs: pid 201 .*; pid 202 /) },
  },
  { name: 'why it cannot know', args: { port: 9999 }, expected: { unknown: 'nobody listens on port 9999' } },
])('names as targets $name, and changes nothing', async ({ args, expected }) => {
  const { machine, driver, context } = lab()
  expect(await targets(driver, 'kill', args, context)).toEqual(expected)
  expect(machine.signals).toEqual([])
  expect(context.draws).toBe(0)
})

it('chooses what it named as targets', async () => {
  const { machine, driver, context } = lab()
  const args = { port: [8080, 8081], count: 2, seed: 'x' }
  const named = await targets(driver, 'kill', args, context)
  await call(driver, 'kill', args, context)
  const pids = machine.signals.map((signal) => expect.stringContaining(signal.replace('SIGTERM', 'pid')))
  expect(named).toEqual(pids)
})

it.each([
  { args: {}, problem: 'give exactly one of port, pid and name' },
  { args: { port: 1, pid: 2 }, problem: 'give exactly one of port, pid and name' },
  { args: { port: 1, count: 1, all: true }, problem: 'give only one of count, percent and all' },
  { args: { name: 'node' }, problem: 'a name may fit many processes: say count, percent or all' },
  { args: { port: 0 }, problem: expect.stringContaining('port: ') },
  { args: { port: 'http' }, problem: expect.stringContaining('port: ') },
  { args: { port: 80, signal: 'SIGSTOP' }, problem: expect.stringContaining('signal: ') },
  { args: { port: 80, count: 0 }, problem: expect.stringContaining('count: ') },
  { args: { port: 80, percent: 101 }, problem: expect.stringContaining('percent: ') },
  { args: { port: 80, grace: -1 }, problem: expect.stringContaining('grace: ') },
  { args: { port: 80, prot: 80 }, problem: expect.stringContaining('prot') },
])('refuses $args', async ({ args, problem }) => {
  expect(await problems(lab().driver, 'kill', args)).toContainEqual(problem)
})
