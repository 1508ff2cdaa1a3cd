import { expect, it } from 'vitest'
import { TestContext } from '../test/activity-context.ts'
import { call } from '../test/call.ts'
import { FakeMachine } from '../test/fake-machine.ts'
import { portsDriver } from './ports-driver.ts'

async function pausedBoth() {
  const machine = new FakeMachine()
  machine.listen({ port: 8080, pid: 200 })
  machine.listen({ port: 8080, pid: 201 })
  const driver = portsDriver(machine, machine)
  const context = new TestContext()
  await call(driver, 'pause', { port: 8080 }, context)
  return { machine, driver, context }
}

const both = ['pid 200 (node server-200.js) is paused', 'pid 201 (node server-201.js) is paused']

it('names what the driver paused and is paused still', async () => {
  const { driver } = await pausedBoth()
  expect(await driver.residue()).toEqual(both)
})

it.each<{ name: string; change: (machine: FakeMachine) => void }>([
  { name: 'goes on', change: (machine) => machine.run({ pid: 200, isStopped: false }) },
  { name: 'has ended', change: (machine) => machine.end(200) },
  {
    name: 'has given its pid to another one that is paused',
    change: (machine) => machine.run({ pid: 200, startedAt: 'later', isStopped: true }),
  },
])('leaves out a process that $name', async ({ change }) => {
  const { machine, driver } = await pausedBoth()
  change(machine)
  expect(await driver.residue()).toEqual(both.slice(1))
})

it('leaves out what others paused', async () => {
  const { machine, driver } = await pausedBoth()
  machine.run({ pid: 300, isStopped: true })
  expect(await driver.residue()).toEqual(both)
})

it('names a process once that was paused twice', async () => {
  const { machine, driver, context } = await pausedBoth()
  machine.run({ pid: 200 })
  await call(driver, 'pause', { pid: 200 }, context)
  expect(await driver.residue()).toEqual(both)
})

it('names nothing before anything was paused, and looks at no process for it', async () => {
  const machine = new FakeMachine()
  machine.list = async () => Promise.reject(new Error('looked'))
  machine.find = async () => Promise.reject(new Error('looked'))
  expect(await portsDriver(machine, machine).residue()).toEqual([])
})
