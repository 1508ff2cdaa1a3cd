import { isDeepStrictEqual } from 'node:util'
import type { JsonValue } from '@squall/contract'
import { systemClock } from './host/system-clock.ts'
import { LawBroken } from './law.ts'
import { patience, until } from './patience.ts'
import { shown } from './shown.ts'
import type { Stage } from './stage.ts'

/** Looks for a moment. Throws `LawBroken` when anything is seen but `before`; `what` says who may not have changed it. */
export async function staysAs(stage: Stage, before: JsonValue, what: string): Promise<void> {
  const deadline = systemClock.monotonic() + patience.stillness
  for (;;) {
    const now = await stage.look()
    if (!isDeepStrictEqual(now, before)) throw changed(what, before, now)
    if (systemClock.monotonic() >= deadline) return
    await systemClock.sleep(4)
  }
}

/** Waits until `before` is seen again. Throws `LawBroken` when it is not; `what` says who should have restored it. */
export async function becomesAgain(stage: Stage, before: JsonValue, what: string): Promise<void> {
  let now = before
  const isBack = async () => {
    now = await stage.look()
    return isDeepStrictEqual(now, before)
  }
  if (!(await until(isBack, patience.effect))) throw changed(what, before, now)
}

/** Waits until the harm is seen. Throws `LawBroken` when it is not: then the law would prove nothing. */
export async function showsHarm(
  stage: Stage,
  before: JsonValue,
  limitMs: number = patience.effect,
): Promise<void> {
  const isHarmed = async () => !isDeepStrictEqual(await stage.look(), before)
  if (await until(isHarmed, limitMs)) return
  throw new LawBroken(
    `'look' sees no effect of '${stage.subject.name}': ${shown(before)} before and after it. Let it look at what the action changes.`,
  )
}

function changed(what: string, before: JsonValue, now: JsonValue): LawBroken {
  return new LawBroken(`${what}: a look saw ${shown(before)} before and sees ${shown(now)} now.`)
}
