import { readFile, rm, writeFile } from 'node:fs/promises'
import path from 'node:path'
import type { Clock, ProcessIdentity } from '@squall/contract'
import { expect, it } from 'vitest'
import { scratchFolder } from '../../test/scratch-folder.ts'
import { VirtualClock } from '../../test/virtual-clock.ts'
import { HealerLock, type LockAnswer } from './healer-lock.ts'

const living: ProcessIdentity = { pid: 1, startedAt: 'now' }
const dead: ProcessIdentity = { pid: 2, startedAt: 'once' }
let tokens = 0

function ask(folder: string, clock: Clock, self: ProcessIdentity = living): Promise<LockAnswer> {
  tokens += 1
  return HealerLock.acquire(folder, {
    self,
    token: `token-${tokens}`,
    isAlive: ({ pid }) => pid !== dead.pid,
    clock,
  })
}

async function acquired(folder: string, clock: Clock, self?: ProcessIdentity): Promise<HealerLock> {
  const answer = await ask(folder, clock, self)
  if (answer.status !== 'acquired') throw new Error(`It is ${answer.status}.`)
  return answer.lock
}

/** The same time, shown as later. */
function ahead(clock: Clock, milliseconds: number): Clock {
  return {
    now: () => clock.now() + milliseconds,
    monotonic: () => clock.monotonic(),
    sleep: (length, signal) => clock.sleep(length, signal),
  }
}

it('is held by one healer until that one releases it', async () => {
  const [folder, clock] = [await scratchFolder(), new VirtualClock()]
  const first = await acquired(folder, clock)
  expect(await ask(folder, clock)).toEqual({ status: 'held', by: living })
  await first.release()
  const second = await acquired(folder, clock)
  expect([await first.isMine(), await second.isMine()]).toEqual([false, true])
})

it.each([
  { name: 'a log that nobody holds', before: [] },
  { name: 'the log of a healer that died', before: [dead] },
  { name: 'the log of two healers that died one after the other', before: [dead, dead] },
])('is given to exactly one of twenty that ask at once for $name', async ({ before }) => {
  const [folder, clock] = [await scratchFolder(), new VirtualClock()]
  for (const healer of before) await acquired(folder, clock, healer)
  const answers = await Promise.all(Array.from({ length: 20 }, () => ask(folder, clock)))
  const winners = answers.flatMap((answer) => (answer.status === 'acquired' ? [answer] : []))
  expect(winners.map(({ takenFrom }) => takenFrom)).toEqual([undefined])
  expect(await winners[0]?.lock.isMine()).toBe(true)
  expect(answers.filter(({ status }) => status === 'held')).toHaveLength(19)
})

it('says that the log is gone', async () => {
  const [folder, clock] = [await scratchFolder(), new VirtualClock()]
  const lock = await acquired(folder, clock)
  await rm(folder, { recursive: true })
  expect(await ask(folder, clock)).toEqual({ status: 'gone' })
  expect(await lock.isMine()).toBe(false)
  await lock.release()
})

it('does not take a claim that cannot be read for one that counts', async () => {
  const [folder, clock] = [await scratchFolder(), new VirtualClock()]
  await writeFile(path.join(folder, 'healer-7.lock'), '{"healer":')
  const lock = await acquired(folder, clock)
  expect(await lock.isMine()).toBe(true)
  expect(await readFile(path.join(folder, 'healer-8.lock'), 'utf8')).toContain('token')
})

it('is taken from a living healer that has shown no sign of life for ten seconds, and for three more', async () => {
  // Time does not pass for the frozen one.
  const [folder, frozen, clock] = [await scratchFolder(), new VirtualClock(), new VirtualClock()]
  const late = await acquired(folder, frozen)
  await untilBeat(folder, frozen)
  const early = await ask(folder, ahead(clock, 9_000))
  expect(early).toEqual({ status: 'held', by: living })
  const began = clock.monotonic()
  const answer = await clock.passUntil(ask(folder, ahead(clock, 11_000)))
  expect(answer).toMatchObject({ status: 'acquired', takenFrom: living })
  expect(clock.monotonic() - began).toBe(3000)
  expect(await late.isMine()).toBe(false)
})

it('stays with a healer that is at work when the clock jumps', async () => {
  const [folder, clock] = [await scratchFolder(), new VirtualClock()]
  const lock = await acquired(folder, clock)
  await untilBeat(folder, clock)
  expect(await clock.passUntil(ask(folder, ahead(clock, 3_600_000)))).toEqual({ status: 'held', by: living })
  expect(await clock.passUntil(ask(folder, ahead(clock, -3_600_000)))).toEqual({ status: 'held', by: living })
  expect(await lock.isMine()).toBe(true)
})

it('does not give a log back to a frozen healer when the one after it has released it', async () => {
  const [folder, frozen, clock] = [await scratchFolder(), new VirtualClock(), new VirtualClock()]
  const late = await acquired(folder, frozen)
  await untilBeat(folder, frozen)
  const answer = await clock.passUntil(ask(folder, ahead(clock, 11_000)))
  if (answer.status === 'acquired') await answer.lock.release()
  expect(await late.isMine()).toBe(false)
  await late.release()
  expect((await ask(folder, clock)).status).toBe('acquired')
})

/** The first sign of life is on its way to the disk when the lock is given. */
async function untilBeat(folder: string, clock: Clock): Promise<void> {
  const { stat } = await import('node:fs/promises')
  await expect.poll(async () => (await stat(path.join(folder, 'healer-1.lock'))).mtimeMs).toBe(clock.now())
}
