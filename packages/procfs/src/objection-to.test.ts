import { expect, it } from 'vitest'
import { ancestorsOf, objectionTo, objectionToPid } from './objection-to.ts'

const parents = new Map([
  [100, 50],
  [50, 40],
  [40, 1],
  [1, 0],
])
const rules = {
  self: { pid: 100, uid: 1000 },
  ancestors: ancestorsOf(100, (pid) => parents.get(pid)),
  protectedPids: [300],
  otherUsers: false,
}
const mine = { pid: 200, uid: 1000 }

it.each([
  { who: 'a process of the same user', touched: mine, reason: null },
  { who: 'the first process', touched: { ...mine, pid: 1 }, reason: 'it belongs to the system itself' },
  { who: 'a whole group', touched: { ...mine, pid: -200 }, reason: 'it belongs to the system itself' },
  { who: 'squall itself', touched: { ...mine, pid: 100 }, reason: 'it is squall itself' },
  { who: 'the parent of squall', touched: { ...mine, pid: 50 }, reason: 'squall was started by it' },
  { who: 'its grandparent', touched: { ...mine, pid: 40 }, reason: 'squall was started by it' },
  { who: 'a watchdog', touched: { ...mine, pid: 300 }, reason: 'it is needed to put things back' },
  {
    who: 'a kernel thread',
    touched: { ...mine, isKernelThread: true },
    reason: 'it is a thread of the kernel',
  },
])('knows what there is against $who, also when other users may be touched', ({ touched, reason }) => {
  expect(objectionTo(touched, rules)).toBe(reason)
  expect(objectionTo(touched, { ...rules, otherUsers: true })).toBe(reason)
})

it.each([
  { who: 'another user', uid: 0, reason: 'it is owned by another user (uid 0)' },
  { who: 'an unknown user', uid: null, reason: 'its owner is not known' },
])('leaves what belongs to $who alone unless asked', ({ uid, reason }) => {
  expect(objectionTo({ ...mine, uid }, rules)).toBe(reason)
  expect(objectionTo({ ...mine, uid }, { ...rules, otherUsers: true })).toBeNull()
  expect(objectionTo({ ...mine, uid }, { ...rules, self: { pid: 100, uid: null } })).toBeNull()
})

it('names a user as it is told to', () => {
  const named = { ...rules, userName: (uid: number) => (uid === 0 ? 'root' : 'somebody') }
  expect(objectionTo({ ...mine, uid: 0 }, named)).toBe('it is owned by another user (root)')
})

it('takes any pid of the system for untouchable', () => {
  expect(objectionToPid(4, { ...rules, systemPids: [0, 4] })).toBe('it belongs to the system itself')
})

it('comes to an end where the parents run in a circle', () => {
  expect([...ancestorsOf(7, (pid) => (pid === 7 ? 8 : 7))]).toEqual([8, 7])
})
