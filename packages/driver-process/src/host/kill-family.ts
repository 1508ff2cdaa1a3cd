import type { ChildProcess } from 'node:child_process'
import { farewellMs, type Stopped, untilEnded } from './attend-child.ts'
import { endOnSystem, ownSession } from './system-families.ts'

/** Kills a child of this process and what it started. */
export async function killFamily(child: ChildProcess, tag: string): Promise<Stopped> {
  const session = await ownSession()
  const family = {
    tag,
    ...(session === undefined ? {} : { session }),
    ...(child.pid === undefined ? {} : { pid: child.pid }),
  }
  const { refused, remaining } = await endOnSystem(family, farewellMs)
  await untilEnded(child, farewellMs)
  return { gone: refused.length + remaining.length === 0, refused }
}
