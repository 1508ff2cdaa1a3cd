import { expect, it } from 'vitest'
import { TestContext } from '../../test/activity-context.ts'
import { call, targets } from '../../test/call.ts'
import { FakeMachine } from '../../test/fake-machine.ts'
import { portsDriver } from '../ports-driver.ts'

function lab() {
  const machine = new FakeMachine()
  machine.listen({ port: 8080, pid: 200 })
  machine.listen({ port: 8080, pid: 201 })
  return { machine, driver: portsDriver(machine, machine), context: new TestContext() }
}

const both = [
  { pid: 200, startedAt: 'start of 200' },
  { pid: 201, startedAt: 'start of 201' },
]

it('registers its undo before it freezes anything', async () => {
  const { machine, driver, context } = lab()
  machine.beforeSignal = () => expect(context.undos).toEqual([{ func: 'resume', args: { processes: both } }])
  const result = await call(driver, 'pause', { port: 8080 }, context)
  expect(machine.signals).toEqual(['SIGSTOP 200', 'SIGSTOP 201'])
  expect(result).toMatchObject({
    paused: [
      { pid: 200, port: 8080 },
      { pid: 201, port: 8080 },
    ],
  })
})

it('freezes nothing when the undo cannot be registered', async () => {
  const { machine, driver, context } = lab()
  context.undo = async () => Promise.reject(new Error('disk full'))
  await expect(call(driver, 'pause', { port: 8080 }, context)).rejects.toThrow('disk full')
  expect(machine.signals).toEqual([])
})

it('is undone once; a second time is not needed', async () => {
  const { machine, driver, context } = lab()
  await call(driver, 'pause', { port: 8080 }, context)
  expect(await driver.undo.resume.run({ processes: both }, context)).toBe('undone')
  expect([machine.isStopped(200), machine.isStopped(201)]).toEqual([false, false])
  expect(await driver.undo.resume.run({ processes: both }, context)).toBe('not needed')
})

it('is undone for what is left when one of the paused has ended', async () => {
  const { machine, driver, context } = lab()
  await call(driver, 'pause', { port: 8080 }, context)
  machine.end(200)
  expect(await driver.undo.resume.run({ processes: both }, context)).toBe('undone')
})

it.each([
  { name: 'has ended', change: (machine: FakeMachine) => machine.end(200) },
  {
    name: 'has given its pid to another one that is paused as well',
    change: (machine: FakeMachine) => machine.run({ pid: 200, startedAt: 'later', isStopped: true }),
  },
])('needs no undo when the process $name', async ({ change }) => {
  const { machine, driver, context } = lab()
  const processes = [{ pid: 200, startedAt: 'start of 200' }]
  change(machine)
  expect(await driver.undo.resume.run({ processes }, context)).toBe('not needed')
  expect(machine.signals).toEqual([])
})

it('says whom the undo may not resume, after the others', async () => {
  const { machine, driver, context } = lab()
  await call(driver, 'pause', { port: 8080 }, context)
  const send = machine.signal.bind(machine)
  machine.signal = async (target, signal) => (target.pid === 200 ? 'not permitted' : send(target, signal))
  await expect(driver.undo.resume.run({ processes: both }, context)).rejects.toThrow(
    'This user may not resume what is paused: pid 200.',
  )
  expect(machine.isStopped(201)).toBe(false)
})

it('leaves alone what was paused by somebody else', async () => {
  const { machine, driver, context } = lab()
  machine.run({ pid: 200, isStopped: true })
  const result = await call(driver, 'pause', { port: 8080 }, context)
  expect(machine.signals).toEqual(['SIGSTOP 201'])
  expect(result['refused']).toMatchObject([{ pid: 200, reason: 'it is paused already' }])
  expect(context.undos).toEqual([{ func: 'resume', args: { processes: [both[1]] } }])
})

it('registers no undo when there is nothing to pause', async () => {
  const { driver, context } = lab()
  await expect(call(driver, 'pause', { port: 9999 }, context)).rejects.toThrow('Nothing was paused: nobody')
  expect(await call(driver, 'pause', { port: 9999, allow_none: true }, context)).toMatchObject({ paused: [] })
  expect(context.undos).toEqual([])
})

it('fails when a process does not stop', async () => {
  const { machine, driver, context } = lab()
  machine.run({ pid: 200, ignores: ['SIGSTOP'] })
  await expect(call(driver, 'pause', { port: 8080 }, context)).rejects.toThrow(
    'pid 200 (node server-200.js) listening on 127.0.0.1:8080 did not react to SIGSTOP within 5 s.',
  )
})

it('cannot pause where the system has no way to', async () => {
  const { machine, driver, context } = lab()
  machine.canPause = false
  await expect(call(driver, 'pause', { port: 8080 }, context)).rejects.toThrow(
    'Processes cannot be paused on this system.',
  )
})

it('pauses a share by seed', async () => {
  const { machine, driver, context } = lab()
  const args = { name: '*server-20?.js', percent: 50, seed: 1 }
  const named = await targets(driver, 'pause', args, context)
  await call(driver, 'pause', args, context)
  expect(named).toEqual(
    machine.signals.map((text) => expect.stringContaining(text.replace('SIGSTOP', 'pid'))),
  )
})

it('resumes by port, pid or name what is paused, and fails when nothing is', async () => {
  const { machine, driver, context } = lab()
  await call(driver, 'pause', { pid: 200 }, context)
  expect(await call(driver, 'resume', { port: 8080 }, context)).toMatchObject({
    resumed: [{ pid: 200, port: 8080 }],
    refused: [{ pid: 201, reason: 'it is not paused' }],
  })
  expect(machine.signals).toEqual(['SIGSTOP 200', 'SIGCONT 200'])
  await expect(call(driver, 'resume', { pid: 200 }, context)).rejects.toThrow('it is not paused.')
})
