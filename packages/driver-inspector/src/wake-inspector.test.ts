import type { Clock } from '@squall/contract'
import { expect, it } from 'vitest'
import { FakeSystem } from '../test/fake-system.ts'
import type { ProcessFacts } from './process-table.ts'
import { wakeInspector } from './wake-inspector.ts'

function clock(): Clock {
  let ms = 0
  return {
    now: () => ms,
    monotonic: () => ms,
    sleep: async (milliseconds) => {
      ms += milliseconds
    },
  }
}

const options = () => ({ clock: clock(), signal: new AbortController().signal })

function targetOf(machine: FakeSystem, facts: Partial<ProcessFacts> = {}): ProcessFacts {
  machine.run({ pid: 200, ...facts })
  return machine.processes.find(200) as ProcessFacts
}

it('sends no signal to a process that would die of it', async () => {
  const machine = new FakeSystem()
  const target = targetOf(machine, { handlesWake: false })
  await expect(wakeInspector(target, machine, options())).rejects.toThrow('does not handle SIGUSR1')
  expect(machine.woken).toEqual([])
})

it('gives up on a process that does not open its inspector', async () => {
  const machine = new FakeSystem()
  await expect(wakeInspector(targetOf(machine), machine, options())).rejects.toThrow(
    'did not open its inspector within 10 s.',
  )
  expect(machine.woken).toEqual([200, 200])
})

it('sends nothing while somebody else holds the port, and says who', async () => {
  const machine = new FakeSystem()
  machine.listen(9229, 400)
  await expect(wakeInspector(targetOf(machine), machine, options())).rejects.toThrow(
    'port 9229, where it opens, is held by pid 400',
  )
  expect(machine.woken).toEqual([])
})

it('asks again once whoever was quicker has closed the port', async () => {
  const machine = new FakeSystem()
  const target = targetOf(machine)
  const { clock, signal } = options()
  const sleep = async (ms: number): Promise<void> => {
    await clock.sleep(ms)
    machine.listen(9229, clock.monotonic() === 20 ? 400 : 0)
  }
  await expect(wakeInspector(target, machine, { clock: { ...clock, sleep }, signal })).rejects.toThrow()
  expect(machine.woken).toEqual([200, 200, 200])
})

it.each(['0.0.0.0', '::', 'box'])('opens no inspector on %s, where others could reach it', async (host) => {
  const machine = new FakeSystem()
  const target = targetOf(machine, { debug: { host, port: 9229, fromStart: false } })
  await expect(wakeInspector(target, machine, options())).rejects.toThrow(`its inspector on ${host}`)
  expect(machine.woken).toEqual([])
})

it('notices that the process has ended', async () => {
  const machine = new FakeSystem()
  const target = targetOf(machine)
  machine.run({ pid: 200, startedAt: 'later' })
  await expect(wakeInspector(target, machine, options())).rejects.toThrow('pid 200 has ended.')
})
