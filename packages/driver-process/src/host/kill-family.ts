import type { ChildProcess } from 'node:child_process'
import { setTimeout as delay } from 'node:timers/promises'
import { endUntilGone } from '../until-gone.ts'
import { farewellMs, untilEnded } from './attend-child.ts'
import { endOnSystem, ownSession } from './system-families.ts'

/** Kills a child of this process and what it started; resolves to the pids that are still there. */
export async function killFamily(child: ChildProcess, tag: string): Promise<readonly number[]> {
  const session = await ownSession()
  const family = {
    tag,
    ...(session === undefined ? {} : { session }),
    ...(child.pid === undefined ? {} : { pid: child.pid }),
  }
  const { refused, remaining } = await endUntilGone(() => endOnSystem(family), {
    limitMs: farewellMs,
    now: () => performance.now(),
    wait: (milliseconds) => delay(milliseconds),
  })
  await untilEnded(child, farewellMs)
  return [...refused, ...remaining]
}
