import type { ActivityContext } from '@squall/contract'
import { expect, it } from 'vitest'
import { TestContext } from '../test/activity-context.ts'
import { targets } from '../test/call.ts'
import { FakeMachine, ownUid } from '../test/fake-machine.ts'
import { portsDriver } from './ports-driver.ts'

const longCommand = `/opt/java/bin/java ${'-Dx=y '.repeat(60)}-jar /opt/kafka/broker.jar`

type Guarded = NonNullable<ActivityContext['guarded']>

it.each<{ name: string; args: object; guarded?: Guarded; text: string }>([
  { name: 'a process found by pid', args: { pid: 200 }, text: 'pid 200 (node server-200.js)' },
  {
    name: 'a long command line shortly where nothing is protected',
    args: { pid: 201 },
    text: 'pid 201 (java -Dx=y -Dx=y -Dx=y -Dx=y -Dx=y -Dx=y -Dx=y …)',
  },
  {
    name: 'the whole command line where something is protected',
    args: { pid: 201 },
    guarded: { ports: [], users: [] },
    text: `pid 201 (${longCommand})`,
  },
  {
    name: 'where it listens when it was found by port',
    args: { port: 8080 },
    text: 'pid 200 (node server-200.js) listening on 127.0.0.1:8080',
  },
  {
    name: 'a protected port on which a process found by pid listens',
    args: { pid: 200 },
    guarded: { ports: [8080], users: [] },
    text: 'pid 200 (node server-200.js) listening on 127.0.0.1:8080',
  },
  {
    name: 'a protected port on which a process found by another port listens',
    args: { port: 9090 },
    guarded: { ports: [8080], users: [] },
    text: 'pid 200 (node server-200.js) listening on 127.0.0.1:9090 and 127.0.0.1:8080',
  },
  {
    name: 'no protected port of others',
    args: { pid: 201 },
    guarded: { ports: [8080], users: [] },
    text: `pid 201 (${longCommand})`,
  },
  {
    name: 'the owner where users are protected',
    args: { name: '*server-200*', percent: 100 },
    guarded: { ports: [], users: ['root'] },
    text: `pid 200 (node server-200.js) owned by uid ${ownUid}`,
  },
  {
    name: 'the owner of a process of another user',
    args: { pid: 202, other_users: true },
    guarded: { ports: [], users: ['root'] },
    text: 'pid 202 (node server-202.js) owned by root',
  },
])('names $name', async ({ args, guarded, text }) => {
  const machine = new FakeMachine()
  machine.listen({ port: 8080, pid: 200 })
  machine.listen({ port: 9090, pid: 200 })
  machine.run({ pid: 201, command: longCommand })
  machine.run({ pid: 202, uid: 0 })
  const context: ActivityContext = Object.assign(new TestContext(), guarded && { guarded })
  const driver = portsDriver(machine, machine)
  for (const action of ['kill', 'pause']) expect(await targets(driver, action, args, context)).toEqual([text])
})

it('names every service of a file with its protected port', async () => {
  const machine = new FakeMachine()
  machine.listen({ port: 8080, pid: 200 })
  machine.listen({ port: 9090, pid: 200 })
  const context: ActivityContext = Object.assign(new TestContext(), { guarded: { ports: [9090], users: [] } })
  const driver = portsDriver(machine, machine)
  expect(await targets(driver, 'kill_services_by_ports', { ports: [8080] }, context)).toEqual([
    'pid 200 (node server-200.js) listening on 127.0.0.1:8080 and 127.0.0.1:9090',
  ])
})

it('does not offer as a target what the run needs to live', async () => {
  const machine = new FakeMachine()
  machine.run({ pid: 300 })
  const context: ActivityContext = Object.assign(new TestContext(), { protectedPids: [300] })
  expect(await targets(portsDriver(machine, machine), 'kill', { pid: 300 }, context)).toEqual({
    unknown: expect.stringContaining('it is needed to put things back'),
  })
})
