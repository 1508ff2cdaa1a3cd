import { expect, it } from 'vitest'
import { FakeMachine, ownPid } from '../test/fake-machine.ts'
import { type Guard, raiseGuard } from './guard.ts'
import { PausedProcesses } from './paused-processes.ts'

function machineWithOthers(): FakeMachine {
  const machine = new FakeMachine()
  machine.run({ pid: 2, parent: 0, uid: 0, isKernelThread: true })
  machine.run({ pid: 200 })
  machine.run({ pid: 201, uid: 0 })
  machine.run({ pid: 202, uid: null })
  machine.run({ pid: 300, command: 'watchdog' })
  return machine
}

async function guardOf(machine: FakeMachine, otherUsers = false): Promise<Guard> {
  const system = {
    ports: machine,
    processes: machine,
    protectedPids: () => [300],
    paused: new PausedProcesses(),
  }
  return raiseGuard(system, { otherUsers })
}

it.each([
  { who: 'the first process', pid: 1, always: true, reason: 'it belongs to the system itself' },
  { who: 'squall itself', pid: ownPid, always: true, reason: 'it is squall itself' },
  { who: 'the parent of squall', pid: 50, always: true, reason: 'squall was started by it' },
  { who: 'a protected process', pid: 300, always: true, reason: 'it is needed to put things back' },
  { who: 'a kernel thread', pid: 2, always: true, reason: 'it is a thread of the kernel' },
  { who: "another user's process", pid: 201, always: false, reason: 'it is owned by another user (root)' },
  { who: 'a process of an unknown user', pid: 202, always: false, reason: 'its owner is not known' },
])('protects $who', async ({ pid, always, reason }) => {
  const machine = machineWithOthers()
  const facts = await machine.find(pid)
  if (facts === null) throw new Error(`no process ${pid}`)
  const { startedAt } = facts

  const guard = await guardOf(machine)
  expect(guard.objection(facts)).toBe(reason)
  expect(await guard.signal({ pid, startedAt }, 'SIGKILL')).toEqual({ status: 'refused', reason })

  expect((await guardOf(machine, true)).objection(facts)).toBe(always ? reason : null)
  expect(machine.signals).toEqual([])
})

it.each([0, -1, -200])('never touches pid %d, which would mean a whole group', async (pid) => {
  const machine = machineWithOthers()
  const guard = await guardOf(machine, true)
  expect(guard.objectionToPid(pid)).toBe('it belongs to the system itself')
})

it('lets a signal through to a process of the same user', async () => {
  const machine = machineWithOthers()
  const guard = await guardOf(machine)
  expect(await guard.signal({ pid: 200, startedAt: 'start of 200' }, 'SIGTERM')).toEqual({ status: 'sent' })
  expect(machine.signals).toEqual(['SIGTERM 200'])
})

it('does not touch a pid that is in use again', async () => {
  const machine = machineWithOthers()
  const guard = await guardOf(machine)
  machine.run({ pid: 200, startedAt: 'later' })
  expect(await guard.signal({ pid: 200, startedAt: 'start of 200' }, 'SIGKILL')).toEqual({
    status: 'refused',
    reason: 'the process found first has ended and its pid is in use again',
  })
  expect(machine.signals).toEqual([])
})

it('asks its rules again when the signal is sent', async () => {
  const machine = machineWithOthers()
  const guard = await guardOf(machine)
  machine.run({ pid: 200, uid: 0 })
  expect(await guard.signal({ pid: 200, startedAt: 'start of 200' }, 'SIGKILL')).toMatchObject({
    status: 'refused',
  })
})

it('says that a process is gone', async () => {
  const machine = machineWithOthers()
  const guard = await guardOf(machine)
  machine.end(200)
  expect(await guard.signal({ pid: 200, startedAt: 'start of 200' }, 'SIGKILL')).toEqual({ status: 'gone' })
})
