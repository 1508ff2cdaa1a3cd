import { expect, it } from 'vitest'
import { FakeSystem } from '../test/fake-system.ts'
import { findTarget } from './find-target.ts'
import type { ProcessFacts } from './process-table.ts'

const context = { directory: '/experiment', protectedPids: [300] }

function system(): FakeSystem {
  const made = new FakeSystem()
  made.run({ pid: 200 })
  made.run({ pid: 300, command: 'node watchdog.js' })
  made.listen(8080, 200)
  made.files.set('/experiment/server.pid', '200\n')
  made.files.set('/experiment/empty.pid', '\n')
  return made
}

it.each([
  { name: 'its pid', wish: { pid: 200 } },
  { name: 'a pid file, relative to the experiment', wish: { pid_file: 'server.pid' } },
  { name: 'the port it listens on', wish: { port: 8080 } },
])('finds a process by $name', async ({ wish }) => {
  expect(await findTarget({ other_users: false, ...wish }, system(), context)).toMatchObject({ pid: 200 })
})

it.each([
  { name: 'no such process', wish: { pid: 999 }, says: 'There is no process 999' },
  { name: 'nobody on the port', wish: { port: 1 }, says: 'listens on port 1' },
  { name: 'no such file', wish: { pid_file: 'none' }, says: "The pid file 'none' cannot be read." },
  { name: 'no pid in the file', wish: { pid_file: 'empty.pid' }, says: 'holds no pid' },
  { name: 'squall itself', wish: { pid: 100 }, says: 'it is squall itself' },
  { name: 'what started squall', wish: { pid: 90 }, says: 'squall was started by it' },
  { name: 'what puts things back', wish: { pid: 300 }, says: 'it is needed to put things back' },
])('refuses $name', async ({ wish, says }) => {
  await expect(findTarget({ other_users: false, ...wish }, system(), context)).rejects.toThrow(says)
})

it.each<{ name: string; facts: Partial<ProcessFacts>; says: string }>([
  { name: 'another user', facts: { uid: 0 }, says: 'it is owned by another user (uid 0)' },
  { name: 'another program', facts: { program: 'nginx' }, says: "it runs 'nginx', which is not Node.js" },
  { name: 'another network', facts: { isReachable: false }, says: 'another network namespace' },
  { name: 'a paused process', facts: { isStopped: true }, says: 'it is paused' },
])('leaves $name alone', async ({ facts, says }) => {
  const machine = system()
  machine.run({ pid: 200, ...facts })
  await expect(findTarget({ pid: 200, other_users: false }, machine, context)).rejects.toThrow(says)
  expect(machine.woken).toEqual([])
})

it('touches a process of another user when asked to', async () => {
  const machine = system()
  machine.run({ pid: 200, uid: 0 })
  expect(await findTarget({ pid: 200, other_users: true }, machine, context)).toMatchObject({ pid: 200 })
})
