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
  expect(machine.woken).toEqual([200])
})

it('says who holds the port that the inspector needs', async () => {
  const machine = new FakeSystem()
  machine.listen(9229, 400)
  await expect(wakeInspector(targetOf(machine), machine, options())).rejects.toThrow(
    'port 9229, where it opens at first, is held by pid 400',
  )
})

it('notices that the process has ended', async () => {
  const machine = new FakeSystem()
  const target = targetOf(machine)
  machine.run({ pid: 200, startedAt: 'later' })
  await expect(wakeInspector(target, machine, options())).rejects.toThrow('pid 200 has ended.')
})
